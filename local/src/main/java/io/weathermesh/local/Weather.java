package io.weathermesh.local;

import io.weathermesh.local.fleet.ServiceDefinition;
import io.weathermesh.local.fleet.Slowness;
import io.weathermesh.local.trials.bench.Bench;
import io.weathermesh.local.trials.chaos.Chaos;
import io.weathermesh.local.trials.compare.Compare;
import io.weathermesh.local.twin.CommandResult;
import io.weathermesh.local.twin.TwinSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: {@code up} starts the whole system on this machine, other commands control it. */
@Command(
        name = "weather",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Runs the whole system on this machine: every task is a process with a loopback address of its own, and is"
                        + " discovered through a DNS server that answers as Cloud Map does.")
public final class Weather {
    /** A strong reference: loggers are weakly referenced, and lose their level. */
    private static final Logger HEALTH_CHECKS = Logger.getLogger("com.linecorp.armeria.client.endpoint.healthcheck");

    private Weather() {}

    public static void main(String[] args) {
        quieten();
        Path home = Path.of(System.getProperty("weather.home", "."))
                .toAbsolutePath()
                .normalize();
        Clock clock = Clock.system(ZoneId.systemDefault());
        System.exit(commandLine(home, clock, Slowness.ofThisStart()).execute(args));
    }

    /** Turns off what libraries log about their set-up. */
    static void quieten() {
        Logger.getLogger("").setLevel(Level.WARNING);
        // A gateway that has just started fails its health checks.
        HEALTH_CHECKS.setLevel(Level.OFF);
    }

    /** @param slowness how slow this machine is now */
    static CommandLine commandLine(Path home, Clock clock, Slowness slowness) {
        CommandLine line = new CommandLine(new Weather())
                .addSubcommand("up", Up.commandLine(home, clock, slowness))
                .addSubcommand("ps", new Ps(home, clock))
                .addSubcommand("get", Get.commandLine(home))
                .addSubcommand("down", new Down(home, slowness))
                .addSubcommand("logs", new Logs(home))
                .addSubcommand("chaos", new Chaos(home, System.out, clock))
                .addSubcommand("compare", new Compare(home, System.out, clock))
                .addSubcommand("bench", new Bench(home, System.out));
        line.getCommandSpec().usageMessage().footer(footer());
        TwinCommand.all(home).forEach(command -> line.addSubcommand(command.spec()));
        ErrorText errors = new ErrorText(TwinSettings.folder(home).resolve("error.log"));
        CommandLine.IParameterExceptionHandler usual = line.getParameterExceptionHandler();
        return line.setExecutionExceptionHandler((failure, command, result) -> {
                    command.getErr().println("weather: " + errors.of(failure));
                    return CommandResult.FAILED;
                })
                .setParameterExceptionHandler((failure, arguments) -> {
                    Optional<String> near = failure instanceof UnmatchedArgumentException unmatched
                                    && failure.getCommandLine() == line
                            ? unmatched.getUnmatched().stream().findFirst().flatMap(NearCommand::to)
                            : Optional.empty();
                    if (near.isEmpty()) {
                        return usual.handleParseException(failure, arguments);
                    }
                    line.getErr()
                            .println("weather: there is no command '" + arguments[0] + "'. Did you mean './weather "
                                    + near.get() + "'?");
                    return CommandResult.USAGE;
                });
    }

    private static String[] footer() {
        String services = ServiceDefinition.ALL.stream()
                .map(service -> service.name() + " (or " + service.module() + ")")
                .collect(Collectors.joining(", "));
        return new String[] {
            "",
            "Services: " + services + ".",
            "Tasks: humidity-provider-2, humidity-2, or an address such as 127.0.2.2; see 'weather ps'.",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 nothing is running, 4 no such service, task or place."
        };
    }
}
