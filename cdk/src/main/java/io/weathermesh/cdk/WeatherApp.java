package io.weathermesh.cdk;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagPackProps;
import io.weathermesh.mesh.MeshTimings;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
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
                Boolean.parseBoolean(context(app, "cloudMapApi", "false")),
                number(app, "zones", 2),
                new Images(context(app, "imagePrefix", "weather-mesh"), context(app, "imageTag", "0.1.0")),
                architecture(context(app, "architecture", "arm64")),
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
        String domain = context(app, "domain", "");
        boolean plain = Boolean.parseBoolean(context(app, "plainHttp", "false"));
        if (Stream.of(plain, !certificate.isEmpty(), !domain.isEmpty())
                        .filter(given -> given)
                        .count()
                != 1) {
            throw new IllegalArgumentException("one of three is needed, and only one: --context certificate=<ARN>;"
                    + " --context domain=<name> with hostedZone=<name> and hostedZoneId=<id>; --context plainHttp=true,"
                    + " which everyone on the way can read");
        }
        if (plain) {
            return new Edge.PlainHttp();
        }
        return certificate.isEmpty()
                ? new Edge.Domain(domain, context(app, "hostedZone", domain), context(app, "hostedZoneId", ""))
                : new Edge.Https(certificate);
    }

    private static Architecture architecture(String name) {
        return switch (name) {
            case "arm64" -> Architecture.ARM64;
            case "x86-64" -> Architecture.X86_64;
            default ->
                throw new IllegalArgumentException("architecture is '" + name + "', but must be arm64 or x86-64");
        };
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
