package io.weathermesh.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.weathermesh.aggregator.providers.ProviderContract;
import io.weathermesh.aggregator.providers.Providers;
import io.weathermesh.aggregator.rest.GatewayNames;
import io.weathermesh.local.fleet.ServiceDefinition;
import io.weathermesh.sources.Timers;
import io.weathermesh.sources.live.SourceChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A service is written down where it is run, where it is asked, and where it is deployed, each in a module that may not
 * know the others. Where one of them is forgotten, answers would be partial: so this says which.
 */
class ProvidersAreTheSameEverywhereTest {
    private static final Path HOME = Path.of("..");
    private static final List<String> SERVICES = names(ServiceDefinition.ALL);

    @Test
    void theGatewayCallsTheProvidersThatRun() {
        assertThat(Providers.CONTRACTS)
                .as("Providers.CONTRACTS of the gateway, beside ServiceDefinition.PROVIDERS")
                .extracting(ProviderContract::name)
                .containsExactlyInAnyOrderElementsOf(names(ServiceDefinition.PROVIDERS));
    }

    @Test
    void everyServiceHasItsOwnNameSettingAndSubnet() {
        assertThat(SERVICES).doesNotHaveDuplicates();
        assertThat(Providers.CONTRACTS)
                .extracting(ProviderContract::targetSetting)
                .doesNotHaveDuplicates();
        assertThat(ServiceDefinition.ALL).extracting(ServiceDefinition::subnet).doesNotHaveDuplicates();
    }

    /** A subnet beyond them would be another system's: {@code ./weather up --subnet} moves all by one number. */
    @Test
    void theSubnetsOfProvidersComeFirst() {
        assertThat(ServiceDefinition.ALL).extracting(ServiceDefinition::subnet).allSatisfy(subnet -> assertThat(subnet)
                .isBetween(1, ServiceDefinition.ALL.size()));
    }

    @Test
    void everyMainClassExists() {
        assertThat(ServiceDefinition.ALL).allSatisfy(service -> assertThat(HOME.resolve(service.module())
                        .resolve("src/main/java")
                        .resolve(service.mainClass().replace('.', '/') + ".java"))
                .exists());
    }

    @Test
    void theStackDeploysThemAll() throws IOException {
        assertThat(deployed("AWS::ServiceDiscovery::Service")
                        .map(service -> service.get("Name").getAsString()))
                .as("the services of the approved template, which Services.PROVIDERS of cdk leads to")
                .containsExactlyInAnyOrderElementsOf(SERVICES);
    }

    @Test
    void theStackChecksTheHealthThatTheGatewayReports() throws IOException {
        assertThat(deployed("AWS::ElasticLoadBalancingV2::TargetGroup"))
                .as("the target group of the approved template, which GatewayNames of cdk leads to")
                .singleElement()
                .satisfies(targets -> {
                    assertThat(targets.get("HealthCheckPath").getAsString()).isEqualTo(GatewayNames.HEALTH_PATH);
                    assertThat(targets.get("Port").getAsInt()).isEqualTo(GatewayNames.HTTP_PORT);
                });
    }

    @Test
    void theStackCountsTheOutcomesThatTheGatewayLogs() throws IOException {
        assertThat(deployed("AWS::Logs::MetricFilter")
                        .map(filter -> filter.get("FilterPattern").getAsString()))
                .as("the log filters of the approved template, which GatewayNames of cdk leads to")
                .contains(countOf(GatewayNames.PARTIAL), countOf(GatewayNames.COMPLETE));
    }

    private static String countOf(String outcome) {
        return "{ $." + GatewayNames.OUTCOME + " = \"" + outcome + "\" }";
    }

    private static Stream<JsonObject> deployed(String type) throws IOException {
        return JsonParser.parseString(Files.readString(HOME.resolve("cdk/src/test/resources/approved.template.json")))
                .getAsJsonObject()
                .getAsJsonObject("Resources")
                .entrySet()
                .stream()
                .map(Map.Entry::getValue)
                .map(JsonElement::getAsJsonObject)
                .filter(resource -> resource.get("Type").getAsString().equals(type))
                .map(resource -> resource.getAsJsonObject("Properties"));
    }

    /** The stack refuses sources that providers would not start with; so it must know all that they know, and no other. */
    @Test
    void theStackAcceptsTheSourcesOfTheProviders() throws IOException {
        String stack = Files.readString(HOME.resolve("cdk/src/main/java/io/weathermesh/cdk/WeatherSources.java"));
        List<String> known = found("\"([a-z]+-[a-z]+)\"", stack);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SourceChain.from(
                        (name, fallback) -> name.equals("WEATHER_SOURCES") ? "tea-leaves" : fallback,
                        Clock.systemUTC(),
                        Timers.daemon("readings")))
                .satisfies(refusal -> assertThat(found("([a-z]+-[a-z]+)", refusal.getMessage()).stream()
                                .filter(name -> !name.equals("tea-leaves")))
                        .containsExactlyInAnyOrderElementsOf(known));
    }

    @Test
    void everyServiceHasAnImageThatComposeRuns() throws IOException {
        String compose = Files.readString(HOME.resolve("compose.yaml"));
        assertThat(found("aliases: \\[([a-z-]+)\\.weather-api]", compose))
                .as("the aliases in compose.yaml")
                .containsExactlyInAnyOrderElementsOf(SERVICES);
        assertThat(found("image: weather-mesh/([a-z-]+):local", compose))
                .as("the images of compose.yaml, each of which has a repository")
                .containsExactlyInAnyOrderElementsOf(SERVICES);
        String context = Files.readString(HOME.resolve(".dockerignore"));
        assertThat(ServiceDefinition.ALL).extracting(ServiceDefinition::module).allSatisfy(module -> {
            assertThat(HOME.resolve(module).resolve("Dockerfile")).exists();
            assertThat(compose).contains("dockerfile: " + module + "/Dockerfile");
            assertThat(context)
                    .contains("!" + module + "/target/weather-" + module + "-*.jar\n!" + module + "/target/lib\n");
        });
    }

    private static List<String> names(List<ServiceDefinition> services) {
        return services.stream().map(ServiceDefinition::name).toList();
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }
}
