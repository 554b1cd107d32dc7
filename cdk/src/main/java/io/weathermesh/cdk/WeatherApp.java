package io.weathermesh.cdk;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagPackProps;
import io.weathermesh.mesh.MeshTimings;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;

/** Synthesizes the stack from the context that {@code cdk --context name=value} gives; the README lists the names. */
public final class WeatherApp {
    /** The stack's name unless the context gives one. */
    private static final String STACK = "weather-mesh";

    /** A finding of the rules that come with the library fails the synth instead of being printed. */
    private static final Map<String, Object> STRICT = Map.of("@aws-cdk/core:validateAgainstDefaultRules", true);

    private WeatherApp() {}

    public static void main(String[] args) {
        try {
            App app = strict();
            new WeatherStack(app, context(app, "stack", STACK), props(app));
            app.synth();
        } catch (IllegalArgumentException e) {
            System.err.println(STACK + " cannot be synthesized: " + e.getMessage());
            System.exit(2);
        }
    }

    /** An app in which findings are errors. */
    static App strict() {
        App app = new App(AppProps.builder().postCliContext(STRICT).build());
        Aspects.of(app).add(new AwsSolutionsChecks(NagPackProps.builder().build()));
        return app;
    }

    private static WeatherProps props(App app) {
        return new WeatherProps(
                context(
                        app,
                        "region",
                        Optional.ofNullable(System.getenv("CDK_DEFAULT_REGION")).orElse("eu-central-1")),
                edge(app),
                egress(context(app, "egress", "endpoints")),
                context(app, "sources", WeatherProps.CLIMATOLOGY),
                number(app, "zones", 2),
                new Images(context(app, "imagePrefix", "weather-mesh"), context(app, "imageTag", "0.1.0")),
                TaskSize.PROVIDER,
                TaskSize.GATEWAY,
                timings(app),
                number(app, "logDays", 30),
                Optional.of(context(app, "alarmTopic", "")).filter(arn -> !arn.isEmpty()),
                Boolean.parseBoolean(context(app, "protected", "true")));
    }

    private static MeshTimings timings(App app) {
        MeshTimings defaults = MeshTimings.defaults();
        int ttl = number(app, "dnsTtl", (int) defaults.dnsTtl().toSeconds());
        return MeshTimings.forDnsTtl(Duration.ofSeconds(ttl), defaults.propagationSlack());
    }

    private static Edge edge(App app) {
        String certificate = context(app, "certificate", "");
        if (Boolean.parseBoolean(context(app, "plainHttp", "false"))) {
            return new Edge.PlainHttp();
        }
        if (certificate.isEmpty()) {
            throw new IllegalArgumentException("no certificate is given: pass --context certificate=<ARN>, or"
                    + " --context plainHttp=true to serve everyone on the way as well");
        }
        return new Edge.Https(certificate);
    }

    private static Egress egress(String name) {
        return switch (name) {
            case "endpoints" -> Egress.ENDPOINTS;
            case "nat" -> Egress.NAT;
            default -> throw new IllegalArgumentException("egress is '" + name + "', but must be endpoints or nat");
        };
    }

    private static int number(App app, String name, int fallback) {
        String value = context(app, name, Integer.toString(fallback));
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is '" + value + "', but must be a whole number", e);
        }
    }

    private static String context(App app, String name, String fallback) {
        return Objects.toString(app.getNode().tryGetContext(name), fallback);
    }
}
