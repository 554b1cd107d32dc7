package io.weathermesh.cdk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weathermesh.mesh.MeshTimings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
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

    /** Three zones, NAT, plain HTTP, another TTL, Cloud Map's API, x86-64, nothing protected. */
    static final String OTHER = "weather-mesh-other";

    /** As usual, but under a name of its own, and with Cloud Map's API through an endpoint. */
    static final String NAMED = "weather-mesh-named";

    static final Map<String, WeatherProps> PROPS = Map.of(
            USUAL,
            usual(true),
            FIRST,
            usual(false),
            OTHER,
            new WeatherProps(
                    "us-east-1",
                    new Edge.PlainHttp(),
                    Egress.NAT,
                    new WeatherSources("open-meteo,met-norway,climatology", Optional.of("ops@example.org")),
                    true,
                    3,
                    new Images("weather-mesh", "0.1.0"),
                    Architecture.X86_64,
                    new TaskSize(512, 1024, 3, 9),
                    TaskSize.GATEWAY,
                    MeshTimings.forDnsTtl(Duration.ofSeconds(20), Duration.ofSeconds(7)),
                    90,
                    Optional.empty(),
                    false),
            NAMED,
            new WeatherProps(
                    "eu-central-1",
                    new Edge.Domain("weather.example.org", "example.org", "Z0123456789ABCDEF"),
                    Egress.ENDPOINTS,
                    WeatherSources.embedded(),
                    true,
                    2,
                    new Images("weather-mesh", "0.1.0"),
                    Architecture.ARM64,
                    TaskSize.PROVIDER,
                    TaskSize.GATEWAY,
                    MeshTimings.defaults(),
                    30,
                    Optional.empty(),
                    true));

    private static final Path ASSEMBLY = synthesize();

    private Stacks() {}

    private static WeatherProps usual(boolean protectedFromDeletion) {
        return new WeatherProps(
                "eu-central-1",
                new Edge.Https(
                        "arn:aws:acm:eu-central-1:111122223333:certificate/00000000-0000-0000-0000-000000000000"),
                Egress.ENDPOINTS,
                WeatherSources.embedded(),
                false,
                2,
                new Images("weather-mesh", "0.1.0"),
                Architecture.ARM64,
                TaskSize.PROVIDER,
                TaskSize.GATEWAY,
                MeshTimings.defaults(),
                30,
                Optional.of("arn:aws:sns:eu-central-1:111122223333:night"),
                protectedFromDeletion);
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
