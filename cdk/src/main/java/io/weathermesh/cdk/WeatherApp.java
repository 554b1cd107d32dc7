package io.weathermesh.cdk;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagPackProps;
import io.weathermesh.mesh.MeshTimings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;

/** Synthesizes the stack that the context describes; the README lists the settings. */
public final class WeatherApp {
    /** The name of the stack, and the prefix of its images, unless the context has others. */
    private static final String STACK = "weather-mesh";

    /** Makes a finding of the library's own rules an error of the synth instead of a message. */
    private static final Map<String, Object> STRICT = Map.of("@aws-cdk/core:validateAgainstDefaultRules", true);

    private WeatherApp() {}

    public static void main(String[] args) {
        try {
            App app = strict();
            Context context = contextOf(app);
            String name = context.text("stack", STACK);
            WeatherProps props = props(context, Optional.ofNullable(System.getenv("CDK_DEFAULT_REGION")));
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
     * @param fallback the region where the context has none: the CDK's command sets it to that of the AWS profile, or to
     *     us-east-1
     */
    static WeatherProps props(Context context, Optional<String> fallback) {
        return new WeatherProps(
                placement(context, fallback),
                access(context),
                images(context),
                services(context),
                new WeatherSources(
                        context.text("sources", WeatherSources.embedded().order()), context.text("contact")),
                operations(context));
    }

    private static Placement placement(Context context, Optional<String> fallback) {
        String region = context.text("region")
                .or(() -> fallback)
                .orElseThrow(() ->
                        new IllegalArgumentException("region is not given, but must be one such as eu-central-1"));
        return new Placement(region, context.number("zones", 2), egress(context.text("egress", "endpoints")));
    }

    private static Placement.Egress egress(String name) {
        return switch (name) {
            case "endpoints" -> Placement.Egress.ENDPOINTS;
            case "nat" -> Placement.Egress.NAT;
            default -> throw new IllegalArgumentException("egress is '" + name + "', but must be endpoints or nat");
        };
    }

    private static Images images(Context context) {
        Map<String, String> versions = new HashMap<>();
        context.text("imageTag").ifPresent(tag -> Services.names().forEach(name -> versions.put(name, tag)));
        context.text("imageVersions").ifPresent(list -> versions.putAll(imageVersions(list)));
        return new Images(
                context.text("imageRegistry"),
                context.text("imagePrefix", STACK),
                versions,
                architecture(context.text("architecture", "arm64")));
    }

    private static Map<String, String> imageVersions(String list) {
        Map<String, String> versions = new HashMap<>();
        for (String pair : list.split(",", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length < 2 || versions.put(parts[0], parts[1]) != null) {
                throw new IllegalArgumentException("imageVersions is '" + list
                        + "', but must be <service>=<tag or digest>, once for a service, separated by commas");
            }
        }
        return versions;
    }

    private static Images.Architecture architecture(String name) {
        return switch (name) {
            case "arm64" -> Images.Architecture.ARM64;
            case "x86-64" -> Images.Architecture.X86_64;
            default ->
                throw new IllegalArgumentException("architecture is '" + name + "', but must be arm64 or x86-64");
        };
    }

    private static Services services(Context context) {
        TaskSize provider = TaskSize.PROVIDER;
        int tasks = context.number("providerTasks", provider.maxTasks());
        if (tasks < provider.minTasks() || tasks > TaskSize.MAX_TASKS) {
            throw new IllegalArgumentException("providerTasks is " + tasks + ", but must be between "
                    + provider.minTasks() + " and " + TaskSize.MAX_TASKS
                    + ": Cloud Map registers 1,000 instances of a service, and a deploy runs twice as many tasks");
        }
        return new Services(
                provider.upTo(tasks),
                TaskSize.GATEWAY,
                timings(context),
                context.flag("cloudMapApi", false),
                context.number("requestsPerMinute", Services.DEFAULT_REQUESTS_PER_MINUTE));
    }

    private static MeshTimings timings(Context context) {
        MeshTimings defaults = MeshTimings.defaults();
        int ttl = context.number("dnsTtl", (int) defaults.dnsTtl().toSeconds());
        return MeshTimings.forDnsTtl(Duration.ofSeconds(ttl), defaults.propagationSlack());
    }

    private static Operations operations(Context context) {
        return new Operations(
                context.number("logDays", 30),
                context.text("alarmTopic"),
                protectedFromDeletion(context),
                context.flag("operatorAccess", false));
    }

    /** Has no default: true would lock a first deploy that fails, false would unprotect a stack that is in use. */
    private static boolean protectedFromDeletion(Context context) {
        return context.flag("protected")
                .orElseThrow(() -> new IllegalArgumentException("protected is not given, but must be false for the"
                        + " first deploy of a stack and true from the second on"));
    }

    private static PublicAccess access(Context context) {
        Optional<String> certificate = context.text("certificate");
        Optional<String> domain = context.text("domain");
        Optional<String> zone = context.text("hostedZone");
        Optional<String> zoneId = context.text("hostedZoneId");
        boolean plain = context.flag("plainHttp", false);
        if (Stream.of(plain, certificate.isPresent(), domain.isPresent())
                        .filter(given -> given)
                        .count()
                != 1) {
            throw new IllegalArgumentException("one of certificate, domain and plainHttp must be given, and only one:"
                    + " certificate=<ARN>; domain=<name> with hostedZone=<name> and hostedZoneId=<id>; plainHttp=true,"
                    + " which is not encrypted");
        }
        if (plain) {
            return new PublicAccess.PlainHttp();
        }
        return certificate.<PublicAccess>map(PublicAccess.Https::new).orElseGet(() -> domain.map(
                        name -> new PublicAccess.Domain(name, zone.orElse(name), zoneId.orElse("")))
                .orElseThrow());
    }

    /** All of the context, by name. */
    private static Context contextOf(App app) {
        return new Context(
                app.getNode().getAllContext() instanceof Map<?, ?> all
                        ? all.entrySet().stream()
                                .collect(
                                        Collectors.toMap(entry -> entry.getKey().toString(), Map.Entry::getValue))
                        : Map.of());
    }
}
