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

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.time.Clock;
import java.util.Set;

/** Holds what no compiler and no other check holds: who may know whom, and where time and environment may come from. */
@AnalyzeClasses(packages = "io.weathermesh", importOptions = DoNotIncludeTests.class)
class HouseRulesTest {
    private static final String ALL = "io.weathermesh..";
    private static final String MESH = "io.weathermesh.mesh..";
    private static final String SOURCES = "io.weathermesh.sources..";
    private static final String AGGREGATOR = "io.weathermesh.aggregator..";
    private static final String LOCAL = "io.weathermesh.local..";
    private static final String PROTO = "io.weathermesh.proto..";

    /** Made by protoc, which does not know our rules. */
    private static final DescribedPredicate<JavaClass> OURS = resideOutsideOfPackages(PROTO);

    /** The classes that have a main method: they alone touch the process they run in. */
    private static final DescribedPredicate<JavaClass> MAIN = describe(
            "a main class",
            type -> type.tryGetMethod("main", String[].class).isPresent()
                    || type.getFullName().equals("io.weathermesh.mesh.MeshProcess"));

    @ArchTest
    static final ArchRule meshKnowsNothingOfTheWeather = noClasses()
            .that()
            .resideInAPackage(MESH)
            .should()
            .dependOnClassesThat(resideInAPackage(ALL).and(resideOutsideOfPackage(MESH)));

    /** What other teams may hold on to; all else may change from one version to the next. */
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
    static final ArchRule theMeshShowsItsEntryPointsOnly = noClasses()
            .that()
            .resideInAPackage(MESH)
            .and()
            .areTopLevelClasses()
            .and()
            .arePublic()
            .should(ArchConditions.be(
                    describe("beside the entry points", type -> !ENTRY_POINTS.contains(type.getSimpleName()))));

    @ArchTest
    static final ArchRule sourcesKnowOnlyTheContracts = noClasses()
            .that()
            .resideInAPackage(SOURCES)
            .should()
            .dependOnClassesThat(resideInAPackage(ALL).and(resideOutsideOfPackages(SOURCES, PROTO)));

    /** The gateway too knows the providers by contract only, and no provider knows another. */
    @ArchTest
    static final ArchRule servicesDoNotKnowEachOther = slices().matching("io.weathermesh.(*)..")
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

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
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
    static final ArchRule theTimeComesFromAClockThatWasGiven = noClasses()
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
    static final ArchRule aClassIsFinalOrMadeToBeExtended = classes()
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
    static final ArchRule roomsAreNamedForAnIdea = noClasses()
            .that(OURS)
            .should()
            .resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..helper..", "..manager..");
}
