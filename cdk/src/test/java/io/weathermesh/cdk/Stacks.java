package io.weathermesh.cdk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weathermesh.mesh.MeshTimings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.App;

/**
 * Stacks that between them have everything that can be chosen, synthesized once for all tests: a synth takes seconds of CPU,
 * most of them the rules that the library brings.
 */
final class Stacks {
    /** As the README deploys it. */
    static final String USUAL = "weather-mesh";

    /** As the README deploys it for the first time. */
    static final String FIRST = "weather-mesh-first";

    /**
     * Three zones by id, NAT, plain HTTP, another TTL, Cloud Map's API, x86-64, images of another account and region of which
     * one is given by its digest, operators, nothing protected.
     */
    static final String OTHER = "weather-mesh-other";

    /** As usual, but under a domain name, and with Cloud Map's API through an endpoint. */
    static final String NAMED = "weather-mesh-named";

    static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    static final Images IMAGES =
            new Images(Optional.empty(), "weather-mesh", versions("0.1.0"), Images.Architecture.ARM64);

    static final WeatherProps USUAL_PROPS = new WeatherProps(
            new Placement("eu-central-1", 2, Placement.Egress.ENDPOINTS),
            new PublicAccess.Https(
                    "arn:aws:acm:eu-central-1:111122223333:certificate/00000000-0000-0000-0000-000000000000"),
            IMAGES,
            new Services(TaskSize.PROVIDER, TaskSize.GATEWAY, MeshTimings.defaults(), false, 1200),
            WeatherSources.embedded(),
            new Operations(30, Optional.of("arn:aws:sns:eu-central-1:111122223333:night"), true, false));

    static final Map<String, WeatherProps> PROPS = Map.of(
            USUAL,
            USUAL_PROPS,
            FIRST,
            new WeatherProps(
                    USUAL_PROPS.placement(),
                    USUAL_PROPS.access(),
                    USUAL_PROPS.images(),
                    USUAL_PROPS.services(),
                    USUAL_PROPS.sources(),
                    new Operations(30, USUAL_PROPS.operations().alarmTopicArn(), false, false)),
            OTHER,
            new WeatherProps(
                    new Placement("ap-northeast-1", 3, Placement.Egress.NAT),
                    new PublicAccess.PlainHttp(),
                    new Images(
                            Optional.of("444455556666.dkr.ecr.us-east-1.amazonaws.com"),
                            "promoted",
                            digestFor("humidity-provider"),
                            Images.Architecture.X86_64),
                    new Services(
                            new TaskSize(512, 1024, 3, 9),
                            TaskSize.GATEWAY,
                            MeshTimings.forDnsTtl(Duration.ofSeconds(20), Duration.ofSeconds(7)),
                            true,
                            6000),
                    new WeatherSources("open-meteo,met-norway,climatology", Optional.of("ops@example.org")),
                    new Operations(90, Optional.empty(), false, true)),
            NAMED,
            new WeatherProps(
                    USUAL_PROPS.placement(),
                    new PublicAccess.Domain("weather.example.org", "example.org", "Z0123456789ABCDEF"),
                    IMAGES,
                    new Services(TaskSize.PROVIDER, TaskSize.GATEWAY, MeshTimings.defaults(), true, 1200),
                    WeatherSources.embedded(),
                    new Operations(30, Optional.empty(), true, true)));

    private static final Path ASSEMBLY = synthesize();

    private Stacks() {}

    /** The same tag for all services. */
    static Map<String, String> versions(String tag) {
        Map<String, String> versions = new HashMap<>();
        Services.names().forEach(service -> versions.put(service, tag));
        return versions;
    }

    private static Map<String, String> digestFor(String service) {
        Map<String, String> versions = versions("0.1.0");
        versions.put(service, DIGEST);
        return versions;
    }

    static Template template(String stack) {
        return new Template((ObjectNode) read(stack + ".template.json"));
    }

    static Path assembly() {
        return ASSEMBLY;
    }

    static com.fasterxml.jackson.databind.JsonNode read(String file) {
        try {
            return Template.JSON.readTree(ASSEMBLY.resolve(file).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path synthesize() {
        App app = WeatherApp.strict();
        PROPS.keySet().stream().sorted().forEach(name -> new WeatherStack(app, name, PROPS.get(name)));
        return Path.of(app.synth().getDirectory());
    }
}
