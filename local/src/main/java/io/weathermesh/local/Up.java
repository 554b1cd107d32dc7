package io.weathermesh.local;

import io.weathermesh.local.fleet.EventLog;
import io.weathermesh.local.fleet.ServiceDefinition;
import io.weathermesh.local.fleet.Slowness;
import io.weathermesh.local.twin.CommandResult;
import io.weathermesh.local.twin.Twin;
import io.weathermesh.local.twin.TwinSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts everything and stays, telling what happens, until somebody wants it down. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Starts everything, and tells what happens until Ctrl-C or 'weather down'.")
final class Up implements Callable<Integer> {
    /** How often a terminal is drawn anew. */
    private static final Duration REFRESH = Duration.ofSeconds(1);

    /** Set by the script, which knows whether somebody looks. */
    private static final String TERMINAL = "weather.terminal";

    private final Path home;
    private final Clock clock;
    private final Slowness slowness;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--ttl", paramLabel = "SECONDS", description = "TTL of DNS records, 1 to 60.")
    private int ttl = 10;

    @Option(names = "--lag", paramLabel = "SECONDS", description = "How late a change of the registry shows in DNS.")
    private int lag = 1;

    @Option(
            names = "--replace-after",
            paramLabel = "SECONDS",
            description = "How long the place of a task that died stays empty.")
    private int replaceAfter = 30;

    @Option(
            names = "--subnet",
            paramLabel = "N",
            description =
                    "Tasks live at 127.0.N.x (temperature), 127.0.N+1.x (humidity), 127.0.N+2.x (gateway) and so on.")
    private int subnet = 1;

    @Option(names = "--port", paramLabel = "PORT", description = "Where the load balancer listens on 127.0.0.1.")
    private int port = 8080;

    @Option(names = "--dns-port", paramLabel = "PORT", description = "Where the name server listens on 127.0.0.1.")
    private int dnsPort = 5300;

    @Option(names = "--aws-port", paramLabel = "PORT", description = "Where the AWS API listens on 127.0.0.1.")
    private int awsPort = 4570;

    Up(Path home, Clock clock, Slowness slowness) {
        this.home = home;
        this.clock = clock;
        this.slowness = slowness;
    }

    /** The command, with an option for each service: how many tasks it starts with. */
    static CommandLine commandLine(Path home, Clock clock, Slowness slowness) {
        CommandLine line = new CommandLine(new Up(home, clock, slowness));
        for (ServiceDefinition service : ServiceDefinition.ALL) {
            line.getCommandSpec()
                    .addOption(OptionSpec.builder(optionOf(service))
                            .paramLabel("N")
                            .type(int.class)
                            .defaultValue(Integer.toString(service.tasks()))
                            .description("Tasks of the " + service.name() + ".")
                            .build());
        }
        return line;
    }

    @Override
    public Integer call() throws Exception {
        Console lines = new Console(System.out, clock);
        LiveTable table = new LiveTable(System.out, lines, clock);
        EventLog console = Boolean.getBoolean(TERMINAL) ? table : lines;
        TwinSettings settings = settings();
        FirstResponse first = new FirstResponse(settings, slowness, console, clock);
        try (Twin twin = Twin.start(settings, console, clock, slowness)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(twin), "down"));
            Runnable draw = Boolean.getBoolean(TERMINAL) ? () -> table.show(twin.tasks()) : () -> {};
            if (first.await(twin, draw)) {
                table.end();
                System.out.println(whatToTry());
                stay(twin, draw);
            }
            table.end();
        }
        return CommandResult.DONE;
    }

    private static void stay(Twin twin, Runnable draw) throws InterruptedException {
        do {
            draw.run();
        } while (!twin.awaitStopRequest(REFRESH));
    }

    private TwinSettings settings() {
        within("--ttl", ttl, 1, 60);
        within("--lag", lag, 0, 60);
        within("--replace-after", replaceAfter, 0, 86_400);
        within("--subnet", subnet, 1, 250);
        within("--port", port, 1, 65_535);
        within("--dns-port", dnsPort, 1, 65_535);
        within("--aws-port", awsPort, 1, 65_535);
        try {
            return chosen();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private TwinSettings chosen() {
        return new TwinSettings(
                home,
                ServiceDefinition.ALL.stream().collect(Collectors.toMap(ServiceDefinition::name, this::tasksOf)),
                Duration.ofSeconds(ttl),
                Duration.ofSeconds(lag),
                Duration.ofSeconds(replaceAfter),
                subnet,
                port,
                dnsPort,
                awsPort);
    }

    private int tasksOf(ServiceDefinition service) {
        String option = optionOf(service);
        int tasks = Objects.requireNonNull(spec).findOption(option).getValue();
        within(option, tasks, 0, ServiceDefinition.MAX_TASKS);
        return tasks;
    }

    private static String optionOf(ServiceDefinition service) {
        return "--" + service.module();
    }

    private void within(String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    option + " is " + value + ", but must be between " + min + " and " + max);
        }
    }

    private static void close(Twin twin) {
        try {
            twin.close();
        } catch (IOException e) {
            System.err.println("weather: " + e.getMessage());
        }
    }

    private String whatToTry() {
        return """

                Try, from another terminal:
                  curl -s localhost:%d/v1/weather/vienna
                  ./weather get Cape Town
                  dig @127.0.0.1 -p %d humidity-provider.weather-api +short
                  grpcurl -plaintext 127.0.%d.1:50051 list
                  ./weather scale humidity-provider 3
                  aws --endpoint-url http://127.0.0.1:%d --region local --no-sign-request \\
                      ecs update-service --service humidity-provider --desired-count 3
                  ./weather kill humidity-provider-1        then ./weather ps
                  ./weather dns servfail                    and back with ./weather dns ok
                Ctrl-C or ./weather down stops everything. All commands: ./weather --help
                """.formatted(port, dnsPort, subnet, awsPort);
    }
}
