package io.weathermesh.cdk;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagPackProps;
import io.weathermesh.mesh.MeshTimings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;

/** Synthesizes the stack that the context describes; the README lists the names. */
public final class WeatherApp {
    /** The stack's name unless the context gives one. */
    private static final String STACK = "weather-mesh";

    private static final String REGION = "eu-central-1";

    /** A finding of the rules that come with the library fails the synth instead of being printed. */
    private static final Map<String, Object> STRICT = Map.of("@aws-cdk/core:validateAgainstDefaultRules", true);

    private WeatherApp() {}

    public static void main(String[] args) {
        try {
            App app = strict();
            Context context = contextOf(app);
            String name = context.text("stack", STACK);
            WeatherProps props = props(
                    context,
                    Optional.ofNullable(System.getenv("CDK_DEFAULT_REGION")).orElse(REGION));
            context.refuseOthers();
            new WeatherStack(app, name, props);
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

    /**
     * The stack that a context describes.
     *
     * @param region where it is, unless the context says otherwise
     */
    static WeatherProps props(Context context, String region) {
        return new WeatherProps(
                context.text("region", region),
                edge(context),
                egress(context.text("egress", "endpoints")),
                new WeatherSources(
                        context.text("sources", WeatherSources.embedded().order()), context.text("contact")),
                context.flag("cloudMapApi", false),
                context.number("zones", 2),
                images(context),
                architecture(context.text("architecture", "arm64")),
                provider(context),
                TaskSize.GATEWAY,
                timings(context),
                context.number("logDays", 30),
                context.text("alarmTopic"),
                protectedFromDeletion(context));
    }

    /** Has no default: true would lock a first deploy that fails, false would take the protection off a living stack. */
    private static boolean protectedFromDeletion(Context context) {
        return context.flag("protected")
                .orElseThrow(() -> new IllegalArgumentException("protected is not given, but must be false for the"
                        + " first deploy of a stack and true from the second on"));
    }

    private static TaskSize provider(Context context) {
        TaskSize usual = TaskSize.PROVIDER;
        int most = context.number("providerTasks", usual.maxTasks());
        if (most < usual.minTasks()) {
            throw new IllegalArgumentException(
                    "providerTasks is " + most + ", but must be at least " + usual.minTasks());
        }
        return usual.upTo(most);
    }

    private static Images images(Context context) {
        return new Images(
                context.text("imagePrefix", STACK),
                context.text("imageTag")
                        .orElseThrow(
                                () -> new IllegalArgumentException("imageTag is not given, but must be the tag that"
                                        + " the images were pushed under, such as a commit")));
    }

    private static MeshTimings timings(Context context) {
        MeshTimings defaults = MeshTimings.defaults();
        int ttl = context.number("dnsTtl", (int) defaults.dnsTtl().toSeconds());
        return MeshTimings.forDnsTtl(Duration.ofSeconds(ttl), defaults.propagationSlack());
    }

    private static Edge edge(Context context) {
        Optional<String> certificate = context.text("certificate");
        Optional<String> domain = context.text("domain");
        Optional<String> zone = context.text("hostedZone");
        Optional<String> zoneId = context.text("hostedZoneId");
        boolean plain = context.flag("plainHttp", false);
        if (Stream.of(plain, certificate.isPresent(), domain.isPresent())
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
        return certificate.<Edge>map(Edge.Https::new).orElseGet(() -> domain.map(
                        name -> new Edge.Domain(name, zone.orElse(name), zoneId.orElse("")))
                .orElseThrow());
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

    /** All that was said, by name. */
    private static Context contextOf(App app) {
        return new Context(
                app.getNode().getAllContext() instanceof Map<?, ?> all
                        ? all.entrySet().stream()
                                .collect(
                                        Collectors.toMap(entry -> entry.getKey().toString(), Map.Entry::getValue))
                        : Map.of());
    }
}
