package io.weathermesh.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.weathermesh.cdk.Template.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks every stack against the invariants, one stack against the approved template, and the invariants against mistakes. */
class WeatherStackTest {
    private static final Path APPROVED = Path.of("src/test/resources/approved.template.json");

    static final List<Invariant> INVARIANTS = Stream.of(
                    DeploymentInvariants.ALL,
                    TaskInvariants.ALL,
                    DiscoveryInvariants.ALL,
                    ReachabilityInvariants.ALL,
                    NetworkInvariants.ALL,
                    OperationInvariants.ALL,
                    EdgeInvariants.ALL)
            .flatMap(List::stream)
            .toList();

    static Stream<Arguments> decisions() {
        return Stacks.PROPS.keySet().stream().sorted().flatMap(stack -> INVARIANTS.stream()
                .map(invariant -> Arguments.of(stack, invariant)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("decisions")
    void everyStackKeepsTheDecision(String stack, Invariant invariant) {
        assertThat(invariant.violations().apply(Stacks.template(stack), Stacks.PROPS.get(stack)))
                .isEmpty();
    }

    static Stream<SeededFault> mistakes() {
        return SeededFault.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void aSeededMistakeIsFound(SeededFault fault) {
        Template broken = fault.in(Stacks.template(fault.stack()));
        List<String> foundBy = INVARIANTS.stream()
                .filter(invariant -> !invariant
                        .violations()
                        .apply(broken, Stacks.PROPS.get(fault.stack()))
                        .isEmpty())
                .map(Invariant::name)
                .toList();
        assertThat(foundBy).contains(fault.foundBy());
    }

    static Stream<Arguments> stacks() {
        return Stacks.PROPS.keySet().stream().sorted().map(Arguments::of);
    }

    /** Each resource that a service needs, and that no property names, is missed where no resource depends on it. */
    @ParameterizedTest
    @MethodSource("stacks")
    void aServiceThatDoesNotWaitForAResourceIsSeen(String stack) {
        Template template = Stacks.template(stack);
        Resource service = template.one("AWS::ECS::Service", "Gateway");
        Set<String> needed = DeploymentInvariants.needed(template, service);
        Template named = template.withoutDependsOn();
        Set<String> byProperty = new TreeSet<>(References.closure(named, service.id()));
        needed.forEach(id -> byProperty.addAll(References.closure(named, id)));
        needed.removeAll(byProperty);
        assertThat(needed)
                .anyMatch(id -> template.byId(id).type().equals("AWS::EC2::VPCEndpoint"))
                .anyMatch(id -> template.byId(id).type().equals("AWS::EC2::SubnetRouteTableAssociation"))
                .anyMatch(id -> template.byId(id).type().equals("AWS::IAM::Policy"))
                .anyMatch(id -> template.byId(id).type().equals("AWS::EC2::SecurityGroupIngress"))
                .anyMatch(id -> template.byId(id).type().equals("AWS::EC2::SecurityGroupEgress"));
        Invariant order = DeploymentInvariants.ALL.get(0);
        assertThat(needed).allSatisfy(id -> assertThat(
                        order.violations().apply(template.withoutDependsOn(id), Stacks.PROPS.get(stack)))
                .contains(service.id() + " does not wait for " + id));
    }

    @Test
    void protectionChangesNoResource() {
        assertThat(types(Stacks.FIRST)).isEqualTo(types(Stacks.USUAL));
    }

    private static List<String> types(String stack) {
        return Stacks.template(stack).all().map(Resource::type).sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void onlyAProtectedStackIsProtectedFromTermination(String stack) {
        assertThat(Stacks.read("manifest.json")
                        .at("/artifacts/" + stack + "/properties/terminationProtection")
                        .asBoolean())
                .isEqualTo(Stacks.PROPS.get(stack).operations().protectedFromDeletion());
    }

    /** A difference is read at review. To approve it: copy the file that the message names over the approved one. */
    @Test
    void theUsualStackIsTheApprovedOne() throws IOException {
        String actual = Template.JSON
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(Stacks.template(Stacks.USUAL).json())
                + "\n";
        Path received = Path.of("target/received.template.json");
        Files.writeString(received, actual);
        assertThat(actual)
                .as("the template has changed; if it should: cp cdk/%s cdk/%s and commit it", received, APPROVED)
                .isEqualTo(Files.exists(APPROVED) ? Files.readString(APPROVED) : "");
    }

    @Test
    void providersWithSimilarNamesHaveDifferentIds() {
        assertThat(WeatherStack.idOf("humidity-provider")).isEqualTo("Humidity");
        assertThat(WeatherStack.idOf("sea-level-provider")).isEqualTo("SeaLevel");
        assertThat(WeatherStack.idOf("sea-ice-provider")).isEqualTo("SeaIce");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeatherStack.idOf("pressure"))
                .withMessage("a provider is 'pressure', but its name must end in -provider");
    }

    @Test
    void theRulesOfTheLibraryFindNothing() {
        JsonNode report = Stacks.read("validation-report.json");
        assertThat(report.path("pluginReports")).isEmpty();
        assertThat(Stacks.template(Stacks.USUAL).all().count()).isGreaterThan(50);
    }

    @Test
    void cdkNagHasNoFindingWithoutAReason() throws IOException {
        List<String> findings = new ArrayList<>();
        for (String stack : Stacks.PROPS.keySet()) {
            Path report = Stacks.assembly().resolve("AwsSolutions-" + stack + "-NagReport.csv");
            Files.readAllLines(report).stream()
                    .filter(line -> line.contains("\"Non-Compliant\"") || line.contains("\"UNKNOWN\""))
                    .forEach(findings::add);
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void theAssemblyHasNoWarningsAndNoErrors() {
        for (String stack : Stacks.PROPS.keySet()) {
            assertThat(Stacks.read(stack + ".metadata.json").toString())
                    .doesNotContain("aws:cdk:warning")
                    .doesNotContain("aws:cdk:error");
        }
    }
}
