package io.weathermesh.local;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Rules that no compiler and no other check enforces: the allowed dependencies, the sources of time and environment, and
 * the language.
 */
@AnalyzeClasses(packages = "io.weathermesh", importOptions = DoNotIncludeTests.class)
class HouseRulesTest {
    private static final String ALL = "io.weathermesh..";
    private static final String MESH = "io.weathermesh.mesh..";
    private static final String SOURCES = "io.weathermesh.sources..";
    private static final String AGGREGATOR = "io.weathermesh.aggregator..";
    private static final String LOCAL = "io.weathermesh.local..";
    private static final String TRIALS = "io.weathermesh.local.trials..";
    private static final String PROTO = "io.weathermesh.proto..";

    /** All but the code that protoc generates. */
    private static final DescribedPredicate<JavaClass> OURS = resideOutsideOfPackages(PROTO);

    /** The classes with a main method: only they may access the process that they run in. */
    private static final DescribedPredicate<JavaClass> MAIN = describe(
            "a main class",
            type -> type.tryGetMethod("main", String[].class).isPresent()
                    || type.getFullName().equals("io.weathermesh.mesh.MeshProcess"));

    @ArchTest
    static final ArchRule meshDependsOnNoOtherModule = noClasses()
            .that()
            .resideInAPackage(MESH)
            .should()
            .dependOnClassesThat(resideInAPackage(ALL).and(resideOutsideOfPackage(MESH)));

    /** The public API for other teams; every other type may change from one version to the next. */
    private static final Set<String> ENTRY_POINTS = Set.of(
            "AlarmWords",
            "CloudMapNameResolverProvider",
            "DrainParticipant",
            "Environment",
            "FairOutlierDetectionProvider",
            "InvalidSettingException",
            "MeshChannels",
            "MeshMeters",
            "MeshNames",
            "MeshProcess",
            "MeshServer",
            "MeshServerConfig",
            "MeshTimings",
            "OneLineFormatter",
            "PortTakenException");

    @ArchTest
    static final ArchRule onlyTheEntryPointsOfTheMeshArePublic = noClasses()
            .that()
            .resideInAPackage(MESH)
            .and()
            .areTopLevelClasses()
            .and()
            .arePublic()
            .should(ArchConditions.be(
                    describe("beside the entry points", type -> !ENTRY_POINTS.contains(type.getSimpleName()))));

    @ArchTest
    static final ArchRule sourcesDependOnTheContractsOnly = noClasses()
            .that()
            .resideInAPackage(SOURCES)
            .should()
            .dependOnClassesThat(resideInAPackage(ALL).and(resideOutsideOfPackages(SOURCES, PROTO)));

    /** The gateway depends on the contracts of the providers only, and no provider on another. */
    @ArchTest
    static final ArchRule servicesDoNotDependOnEachOther = slices().matching("io.weathermesh.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(resideInAPackage(LOCAL), alwaysTrue())
            .ignoreDependency(alwaysTrue(), resideInAnyPackage(PROTO, MESH, SOURCES));

    @ArchTest
    static final ArchRule theGatewayReadsNoSource =
            noClasses().that().resideInAPackage(AGGREGATOR).should().dependOnClassesThat(resideInAPackage(SOURCES));

    /** Requests arrive in REST or gRPC, become a lookup of the weather, and that calls providers. */
    @ArchTest
    static final ArchRule theGatewayHasLayers = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("rest")
            .definedBy("io.weathermesh.aggregator.rest..")
            .layer("grpc")
            .definedBy("io.weathermesh.aggregator.grpc..")
            .layer("weather")
            .definedBy("io.weathermesh.aggregator.weather..")
            .layer("providers")
            .definedBy("io.weathermesh.aggregator.providers..")
            .layer("places")
            .definedBy("io.weathermesh.aggregator.places..")
            .whereLayer("rest")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("grpc")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("weather")
            .mayOnlyBeAccessedByLayers("rest", "grpc")
            .whereLayer("providers")
            .mayOnlyBeAccessedByLayers("weather", "rest")
            .whereLayer("places")
            .mayOnlyBeAccessedByLayers("weather");

    /** It is not in the gateway's jar. */
    @ArchTest
    static final ArchRule theBuildsPartIsNotUsedAtRunTime = noClasses()
            .that()
            .resideOutsideOfPackage("..making..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..making..");

    /** The trials test the system from outside. */
    @ArchTest
    static final ArchRule onlyTheCommandLineUsesTheTrials = noClasses()
            .that()
            .resideOutsideOfPackage(TRIALS)
            .and()
            .doNotHaveSimpleName("Weather")
            .should()
            .dependOnClassesThat(resideInAPackage(TRIALS));

    @ArchTest
    static final ArchRule noCodeSleeps = noClasses()
            .that(OURS)
            .should()
            .accessTargetWhere(describe(
                    "a sleep",
                    (JavaAccess<?> access) -> access.getTarget().getName().equals("sleep")
                            && Set.of("java.lang.Thread", "java.util.concurrent.TimeUnit")
                                    .contains(access.getTargetOwner().getFullName())));

    @ArchTest
    static final ArchRule onlyMainReadsTheEnvironment = noClasses()
            .that(OURS)
            .and(DescribedPredicate.not(MAIN))
            .should()
            .accessTargetWhere(describe(
                    "System.getenv",
                    (JavaAccess<?> access) -> access.getTarget().getName().equals("getenv")
                            && access.getTargetOwner().isEquivalentTo(System.class)));

    @ArchTest
    static final ArchRule timeComesFromAClockThatIsPassedIn = noClasses()
            .that(OURS)
            .and(DescribedPredicate.not(MAIN))
            .should()
            .accessTargetWhere(describe(
                    "the wall clock",
                    (JavaAccess<?> access) -> access.getTarget().getName().equals("currentTimeMillis")
                            || access.getTarget().getFullName().equals("java.time.Instant.now()")
                            || access.getTarget().getName().startsWith("system")
                                    && access.getTargetOwner().isEquivalentTo(Clock.class)));

    @ArchTest
    static final ArchRule classesAreFinalOrAbstract = classes()
            .that(OURS)
            .and()
            .areTopLevelClasses()
            .and()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .should()
            .haveModifier(JavaModifier.FINAL)
            .orShould()
            .haveModifier(JavaModifier.ABSTRACT);

    @ArchTest
    static final ArchRule packagesAreNamedForAnIdea = noClasses()
            .that(OURS)
            .should()
            .resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..helper..", "..manager..");

    private static final Path HOME = Path.of("..");

    private static final List<String> MODULES =
            List.of("proto", "mesh", "sources", "temperature", "humidity", "aggregator", "local", "cdk");

    @ParameterizedTest
    @FieldSource("MODULES")
    void noTypesOfAModuleUseEachOtherInACircle(String module) throws IOException {
        assertThat(TypeGraph.of(sources(module)).circles()).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("MODULES")
    void aSimpleNameIsGivenToOneTypeOfAModule(String module) throws IOException {
        assertThat(TypeGraph.of(sources(module)).types().stream().map(TypeGraph::simpleName))
                .doesNotHaveDuplicates();
    }

    private static Path sources(String module) {
        return HOME.resolve(module).resolve("src/main/java");
    }

    /** The dialect that this code had, and LEAST_, MOST_ and LONGEST_ for MIN_ and MAX_. */
    private static final Pattern DIALECT = Pattern.compile(
            "\\b(allowed is|can be had|shall|not to blame|by a defect)\\b|(?<!\\.)\\b(LEAST|MOST|LONGEST)_[A-Z]",
            Pattern.CASE_INSENSITIVE);

    @ParameterizedTest
    @FieldSource("MODULES")
    void aModuleIsWrittenInPlainEnglish(String module) throws IOException {
        assertThat(dialectIn(HOME.resolve(module))).isEmpty();
    }

    @Test
    void theFilesBesideTheModulesAreWrittenInPlainEnglish() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(HOME)) {
            for (Path file : files.filter(HouseRulesTest::isText).toList()) {
                found.addAll(dialectInFile(file));
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void theDialectIsFound() {
        for (String text : List.of(
                "but allowed is 1",
                "no provider can be had",
                "It shall.",
                "You are not to blame",
                "int MOST_ROWS = 16")) {
            assertThat(DIALECT.matcher(text).find()).as(text).isTrue();
        }
        assertThat(DIALECT.matcher("a shallow copy of MAX_ROWS, at most 16").find())
                .isFalse();
    }

    private static List<String> dialectIn(Path module) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(module)) {
            for (Path file : files.filter(HouseRulesTest::isText)
                    .filter(file -> file.toString().contains("/src/main/")
                            || file.toString().endsWith(".md")
                            || file.toString().endsWith(".proto"))
                    .filter(file -> !file.toString().matches(".*/(target|node_modules)/.*"))
                    .toList()) {
                found.addAll(dialectInFile(file));
            }
        }
        return found;
    }

    private static boolean isText(Path file) {
        return Files.isRegularFile(file)
                && file.getFileName()
                        .toString()
                        .matches(".*\\.(java|proto|md|html|js|css|json|ya?ml|properties|xml)|weather");
    }

    private static List<String> dialectInFile(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> DIALECT.matcher(line).find())
                .map(line -> file + ": " + line.strip())
                .toList();
    }
}
