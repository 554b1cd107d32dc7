package io.weathermesh.cdk;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weathermesh.mesh.MeshTimings;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be deployed cannot be described: each refusal names both sides. */
class WeatherPropsTest {
    private static final Images IMAGES = new Images("weather-mesh", "0.1.0");

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(
                        "tasks are killed while they leave",
                        () -> timings(30, 18, 60, 75, 30),
                        "stopTimeout is 30s, but must be at least 41s (lameDuck + notServing + drain + exit margin)"),
                refusal(
                        "tasks leave before clients have noticed",
                        () -> timings(60, 5, 60, 75, 30),
                        "lameDuck is 5s, but must be at least 18s"),
                refusal(
                        "the gateway closes connections that the load balancer still uses",
                        () -> timings(60, 18, 60, 60, 30),
                        "serverIdle is 60s, but must be at least 61s (loadBalancerIdle + 1 s)"),
                refusal(
                        "requests in flight are cut",
                        () -> timings(60, 18, 60, 75, 1),
                        "deregistrationDelay is 1s, but must be at least 1400ms (requestDeadline)"),
                refusal(
                        "Fargate waits no longer",
                        () -> timings(121, 18, 60, 75, 30),
                        "stopTimeout is 121s, but must be at most 120s"),
                refusal(
                        "a TTL above a minute",
                        () -> MeshTimings.forDnsTtl(Duration.ofSeconds(61), Duration.ofSeconds(5)),
                        "dnsTtl is 61s, but must be at most"),
                refusal(
                        "a TTL in parts of a second",
                        () -> props(
                                Egress.NAT,
                                WeatherSources.embedded(),
                                2,
                                MeshTimings.forDnsTtl(Duration.ofMillis(2500), Duration.ofSeconds(5))),
                        "dnsTtl is 2500ms, but AWS takes whole seconds"),
                refusal(
                        "live sources without a way out",
                        () -> props(Egress.ENDPOINTS, sources("open-meteo,climatology"), 2, MeshTimings.defaults()),
                        "with egress ENDPOINTS no live source can be reached"),
                refusal(
                        "sources that may all fail",
                        () -> sources("open-meteo"),
                        "sources is 'open-meteo', but must be climatology, before it each of open-meteo, met-norway, awc-metar"),
                refusal(
                        "sources that nobody knows",
                        () -> sources("tea-leaves,climatology"),
                        "'tea-leaves,climatology'"),
                refusal(
                        "a source twice",
                        () -> sources("open-meteo,open-meteo,climatology"),
                        "each of open-meteo, met-norway, awc-metar at most once"),
                refusal(
                        "a source that wants to know who asks",
                        () -> sources("met-norway,climatology"),
                        "contact is not given, but met-norway"),
                refusal(
                        "a contact of two words",
                        () -> new WeatherSources("met-norway,climatology", Optional.of("the operator")),
                        "contact is 'the operator'"),
                refusal(
                        "one zone",
                        () -> props(Egress.NAT, WeatherSources.embedded(), 1, MeshTimings.defaults()),
                        "zones is 1, but must be 2 or 3"),
                refusal("one task", () -> new TaskSize(256, 512, 1, 4), "minTasks is 1, but must be at least 2"),
                refusal(
                        "a task that Fargate does not sell",
                        () -> new TaskSize(256, 4096, 2, 4),
                        "Fargate has no task of 256 CPU units and 4096 MiB"),
                refusal(
                        "a tag that moves",
                        () -> new Images("weather-mesh", "latest"),
                        "must be a tag that never moves"),
                refusal(
                        "a name that is none",
                        () -> new Edge.Domain("Weather!", "example.org", "Z0123456789ABC"),
                        "domain is 'Weather!'"),
                refusal(
                        "a name in a stranger's zone",
                        () -> new Edge.Domain("weather.example.org", "ample.org", "Z0123456789ABC"),
                        "hostedZone is 'ample.org', but must be weather.example.org or a parent of it"),
                refusal(
                        "a zone by name",
                        () -> new Edge.Domain("weather.example.org", "example.org", "example.org"),
                        "hostedZoneId is 'example.org', but must be one of Route 53"),
                refusal("a certificate by name", () -> new Edge.Https("weather.example"), "must be the ARN"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void isRefused(String mistake, Executable description, String message) {
        assertThatThrownBy(description::execute)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static Arguments refusal(String mistake, Executable description, String message) {
        return Arguments.of(mistake, description, message);
    }

    private static WeatherSources sources(String order) {
        return new WeatherSources(order, Optional.empty());
    }

    private static WeatherProps props(Egress egress, WeatherSources sources, int zones, MeshTimings timings) {
        return new WeatherProps(
                "eu-central-1",
                new Edge.PlainHttp(),
                egress,
                sources,
                false,
                zones,
                IMAGES,
                Architecture.ARM64,
                TaskSize.PROVIDER,
                TaskSize.GATEWAY,
                timings,
                30,
                Optional.empty(),
                false);
    }

    private static MeshTimings timings(
            int stopTimeout, int lameDuck, int balancerIdle, int serverIdle, int deregistrationDelay) {
        MeshTimings usual = MeshTimings.defaults();
        return new MeshTimings(
                usual.dnsTtl(),
                usual.negativeTtl(),
                usual.propagationSlack(),
                Duration.ofSeconds(lameDuck),
                usual.notServing(),
                usual.drain(),
                Duration.ofSeconds(stopTimeout),
                usual.callDeadline(),
                usual.requestDeadline(),
                Duration.ofSeconds(balancerIdle),
                Duration.ofSeconds(serverIdle),
                Duration.ofSeconds(deregistrationDelay),
                usual.healthInterval(),
                usual.healthTimeout(),
                usual.unhealthyThreshold());
    }
}
