package io.weathermesh.cdk;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weathermesh.cdk.Placement.Egress;
import io.weathermesh.mesh.Environment;
import io.weathermesh.mesh.MeshTimings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Props that cannot be deployed cannot be made: each message names the setting, its value and what it must be. */
class WeatherPropsTest {
    private static final WeatherProps USUAL = Stacks.USUAL_PROPS;
    private static final Placement HERE = USUAL.placement();

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(
                        "tasks are killed while they leave",
                        () -> timings(30, 18, 60, 75, 30),
                        "MESH_STOP_TIMEOUT is 30s, but must be at least 41s"),
                refusal(
                        "tasks leave before clients have noticed",
                        () -> timings(60, 5, 60, 75, 30),
                        "MESH_LAME_DUCK is 5s, but must be at least 18s"),
                refusal(
                        "the gateway closes connections that the load balancer still uses",
                        () -> timings(60, 18, 60, 60, 30),
                        "MESH_SERVER_IDLE is 60s, but must be at least 61s (MESH_LOAD_BALANCER_IDLE + 1 s)"),
                refusal(
                        "requests in flight are cut",
                        () -> timings(60, 18, 60, 75, 1),
                        "MESH_DEREGISTRATION_DELAY is 1s, but must be at least 1400ms (MESH_REQUEST_DEADLINE)"),
                refusal(
                        "a stop timeout above the limit of Fargate",
                        () -> timings(121, 18, 60, 75, 30),
                        "MESH_STOP_TIMEOUT is 121s, but must be at most 120s"),
                refusal(
                        "a TTL above a minute",
                        () -> MeshTimings.forDnsTtl(Duration.ofSeconds(61), Duration.ofSeconds(5)),
                        "MESH_DNS_TTL is 61s, but must be at most"),
                refusal(
                        "a TTL in parts of a second",
                        () -> new Services(
                                TaskSize.PROVIDER,
                                TaskSize.GATEWAY,
                                MeshTimings.forDnsTtl(Duration.ofMillis(2500), Duration.ofSeconds(5)),
                                false,
                                1200),
                        "dnsTtl is 2500ms, but must be in whole seconds"),
                refusal(
                        "live sources without a way out",
                        () -> new WeatherProps(
                                HERE,
                                new PublicAccess.PlainHttp(),
                                Stacks.IMAGES,
                                USUAL.services(),
                                sources("open-meteo,climatology"),
                                USUAL.operations()),
                        "sources is 'open-meteo,climatology', but must be climatology with egress endpoints"),
                refusal(
                        "sources that may all fail",
                        () -> sources("open-meteo"),
                        "sources is 'open-meteo', but must be any of open-meteo, met-norway, awc-metar, each at most once"),
                refusal("an unknown source", () -> sources("tea-leaves,climatology"), "'tea-leaves,climatology'"),
                refusal(
                        "a source twice",
                        () -> sources("open-meteo,open-meteo,climatology"),
                        "but must be any of open-meteo, met-norway, awc-metar, each at most once"),
                refusal(
                        "a source that requires a contact",
                        () -> sources("met-norway,climatology"),
                        "contact is not given, but must be a mail address or a web page: met-norway refuses"),
                refusal(
                        "a contact of two words",
                        () -> new WeatherSources("met-norway,climatology", Optional.of("the operator")),
                        "contact is 'the operator'"),
                refusal(
                        "one zone",
                        () -> new Placement("eu-central-1", 1, Egress.NAT),
                        "zones is 1, but must be 2 or 3"),
                refusal(
                        "four zones",
                        () -> new Placement("us-east-1", 4, Egress.NAT),
                        "zones is 4, but must be 2 or 3"),
                refusal(
                        "a zone that does not run Fargate",
                        () -> new Placement("ca-central-1", 3, Egress.NAT),
                        "zones is 3, but must be at most 2 in ca-central-1: Fargate runs in cac1-az1, cac1-az2 only"),
                refusal(
                        "a region with two zones",
                        () -> new Placement("us-west-1", 3, Egress.NAT),
                        "zones is 3, but must be at most 2 in us-west-1"),
                refusal(
                        "a zone for a region",
                        () -> new Placement("eu-central-1a", 2, Egress.NAT),
                        "region is 'eu-central-1a', but must be one such as eu-central-1"),
                refusal(
                        "a certificate of another region",
                        () -> props(new Placement("us-east-1", 2, Egress.ENDPOINTS), USUAL.access(), Stacks.IMAGES),
                        "certificate/00000000-0000-0000-0000-000000000000', but must be in us-east-1, the region of the stack"),
                refusal(
                        "an alarm topic of another region",
                        () -> props(
                                new Placement("us-east-1", 2, Egress.ENDPOINTS),
                                new PublicAccess.PlainHttp(),
                                Stacks.IMAGES),
                        "alarmTopic is 'arn:aws:sns:eu-central-1:111122223333:night', but must be in us-east-1"),
                refusal(
                        "images that endpoints do not lead to",
                        () -> props(
                                HERE,
                                new PublicAccess.PlainHttp(),
                                images("111122223333.dkr.ecr.us-east-1.amazonaws.com", Stacks.versions("0.1.0"))),
                        "imageRegistry is '111122223333.dkr.ecr.us-east-1.amazonaws.com', but must be in eu-central-1"),
                refusal(
                        "more tasks than Cloud Map registers during a deploy",
                        () -> new TaskSize(256, 512, 2, 501),
                        "maxTasks is 501, but must be at most 500: Cloud Map registers 1,000 instances of a service"),
                refusal(
                        "more tasks than addresses during a deploy",
                        () -> services(500, 2),
                        "but must be at most 1015 in 2 zones: a deploy runs twice as many, each with an address of its own"),
                refusal(
                        "a rate below that of WAF",
                        () -> new Services(TaskSize.PROVIDER, TaskSize.GATEWAY, MeshTimings.defaults(), false, 9),
                        "requestsPerMinute is 9, but must be between 10 and 1000000"),
                refusal("one task", () -> new TaskSize(256, 512, 1, 4), "minTasks is 1, but must be at least 2"),
                refusal(
                        "a task size that Fargate does not offer",
                        () -> new TaskSize(256, 4096, 2, 4),
                        "the task size is 256 CPU units with 4096 MiB, but must be one that Fargate offers"),
                refusal(
                        "a tag that moves",
                        () -> images("111122223333.dkr.ecr.eu-central-1.amazonaws.com", Stacks.versions("latest")),
                        "but must be a tag that never moves, such as a commit, or a digest"),
                refusal(
                        "an invalid domain name",
                        () -> new PublicAccess.Domain("Weather!", "example.org", "Z0123456789ABC"),
                        "domain is 'Weather!'"),
                refusal(
                        "a domain name outside of the hosted zone",
                        () -> new PublicAccess.Domain("weather.example.org", "ample.org", "Z0123456789ABC"),
                        "hostedZone is 'ample.org', but must be weather.example.org or a parent of it"),
                refusal(
                        "a hosted zone id that is a name",
                        () -> new PublicAccess.Domain("weather.example.org", "example.org", "example.org"),
                        "hostedZoneId is 'example.org', but must be an id of Route 53"),
                refusal(
                        "a certificate by name",
                        () -> new PublicAccess.Https("weather.example"),
                        "certificate is 'weather.example', but must be the ARN of a certificate in ACM"),
                refusal(
                        "a topic for a certificate",
                        () -> new PublicAccess.Https("arn:aws:sns:eu-central-1:111122223333:night"),
                        "but must be the ARN of a certificate in ACM"),
                refusal(
                        "a short digest",
                        () -> images("111122223333.dkr.ecr.eu-central-1.amazonaws.com", Stacks.versions("sha256:0123")),
                        "is 'sha256:0123', but must be a tag that never moves, such as a commit, or a digest"),
                refusal(
                        "a registry that is not ECR",
                        () -> images("registry.example.org", Stacks.versions("0.1.0")),
                        "imageRegistry is 'registry.example.org', but must be one of ECR"),
                refusal(
                        "a service without an image",
                        () -> images(
                                "111122223333.dkr.ecr.eu-central-1.amazonaws.com", Map.of("humidity-provider", "1")),
                        "imageTag is not given, but must be the tag that the image of temperature-provider"),
                refusal(
                        "an image of no service",
                        () -> {
                            Map<String, String> versions = Stacks.versions("0.1.0");
                            versions.put("wind", "1");
                            images("111122223333.dkr.ecr.eu-central-1.amazonaws.com", versions);
                        },
                        "imageVersions has 'wind', but must have only temperature-provider, humidity-provider"));
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

    private static WeatherProps props(Placement placement, PublicAccess access, Images images) {
        return new WeatherProps(
                placement, access, images, USUAL.services(), WeatherSources.embedded(), USUAL.operations());
    }

    private static WeatherProps services(int maxProviders, int zones) {
        return new WeatherProps(
                new Placement("eu-central-1", zones, Egress.NAT),
                new PublicAccess.PlainHttp(),
                Stacks.IMAGES,
                new Services(
                        new TaskSize(256, 512, 2, maxProviders), TaskSize.GATEWAY, MeshTimings.defaults(), false, 1200),
                WeatherSources.embedded(),
                USUAL.operations());
    }

    private static Images images(String registry, Map<String, String> versions) {
        return new Images(Optional.of(registry), "weather-mesh", versions, Images.Architecture.ARM64);
    }

    private static MeshTimings timings(
            int stopTimeout, int lameDuck, int balancerIdle, int serverIdle, int deregistrationDelay) {
        return MeshTimings.from(new Environment(Map.of(
                "MESH_STOP_TIMEOUT", stopTimeout + "s",
                "MESH_LAME_DUCK", lameDuck + "s",
                "MESH_LOAD_BALANCER_IDLE", balancerIdle + "s",
                "MESH_SERVER_IDLE", serverIdle + "s",
                "MESH_DEREGISTRATION_DELAY", deregistrationDelay + "s")));
    }
}
