package io.weathermesh.local;

import io.weathermesh.local.fleet.EventLog;
import io.weathermesh.local.fleet.ServiceDefinition;
import io.weathermesh.local.fleet.Slowness;
import io.weathermesh.local.twin.CommandResult;
import io.weathermesh.local.twin.OptionRange;
import io.weathermesh.local.twin.Twin;
import io.weathermesh.local.twin.TwinSettings;
import io.weathermesh.mesh.Environment;
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

/** Starts the system, and prints its events until it is stopped. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Starts the system, and prints its events until Ctrl-C or 'weather down'.")
final class Up implements Callable<Integer> {
    /** The interval of updates of the table. */
    private static final Duration REFRESH = Duration.ofSeconds(1);

    /** The system property that the script sets if standard output is a terminal. */
    private static final String TERMINAL = "weather.terminal";

    private final Path home;
    private final Clock clock;
    private final Slowness slowness;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--ttl", paramLabel = "SECONDS", description = "TTL of DNS records, 1 to 60.")
    private int ttl = 10;

    @Option(names = "--lag", paramLabel = "SECONDS", description = "Delay of every change in DNS, 0 to 60.")
    private int lag = 1;

    @Option(
            names = "--replace-after",
            paramLabel = "SECONDS",
            description = "Delay before a task that died is replaced, 0 to 86400.")
    private int replaceAfter = 30;

    @Option(
            names = "--subnet",
            paramLabel = "N",
            description =
                    "Tasks have the addresses 127.0.N.x (temperature), 127.0.N+1.x (humidity), 127.0.N+2.x (gateway).")
    private int subnet = 1;

    @Option(names = "--port", paramLabel = "PORT", description = "Port of the load balancer on 127.0.0.1.")
    private int port = 8080;

    @Option(names = "--dns-port", paramLabel = "PORT", description = "Port of the name server on 127.0.0.1.")
    private int dnsPort = 5300;

    @Option(names = "--aws-port", paramLabel = "PORT", description = "Port of the AWS API on 127.0.0.1.")
    private int awsPort = 4570;

    Up(Path home, Clock clock, Slowness slowness) {
        this.home = home;
        this.clock = clock;
        this.slowness = slowness;
    }

    /** The command, with an option for the number of tasks of each service. */
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
        EventLogHandler.install(console);
        FirstResponse first = new FirstResponse(settings, slowness, console, clock);
        try (Twin twin = Twin.start(settings, console, clock, slowness)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(twin, table), "down"));
            Runnable draw = Boolean.getBoolean(TERMINAL) ? () -> table.show(twin.tasks()) : () -> {};
            if (first.await(twin, draw)) {
                table.clear();
                System.out.println(examples());
                stay(twin, draw);
            }
            table.close();
        }
        return CommandResult.DONE;
    }

    private static void stay(Twin twin, Runnable draw) throws InterruptedException {
        do {
            draw.run();
        } while (!twin.awaitStopRequest(REFRESH));
    }

    private TwinSettings settings() {
        CommandSpec command = Objects.requireNonNull(spec);
        OptionRange.check(command, "--ttl", ttl, 1, 60);
        OptionRange.check(command, "--lag", lag, 0, 60);
        OptionRange.check(command, "--replace-after", replaceAfter, 0, 86_400);
        OptionRange.check(command, "--subnet", subnet, 1, 250);
        OptionRange.check(command, "--port", port, 1, Environment.MAX_PORT);
        OptionRange.check(command, "--dns-port", dnsPort, 1, Environment.MAX_PORT);
        OptionRange.check(command, "--aws-port", awsPort, 1, Environment.MAX_PORT);
        try {
            return chosen();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
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
        CommandSpec command = Objects.requireNonNull(spec);
        int tasks = command.findOption(option).getValue();
        OptionRange.check(command, option, tasks, 0, ServiceDefinition.MAX_TASKS);
        return tasks;
    }

    private static String optionOf(ServiceDefinition service) {
        return "--" + service.module();
    }

    /** Runs at Ctrl-C too: it leaves no table that is out of date. */
    private static void close(Twin twin, LiveTable table) {
        try {
            table.close();
            twin.close();
            System.out.println("all stopped");
        } catch (IOException e) {
            System.err.println("weather: " + e.getMessage());
        }
    }

    private String examples() {
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
