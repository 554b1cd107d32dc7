package io.weathermesh.local;

import io.weathermesh.local.fleet.FleetBusyException;
import io.weathermesh.local.fleet.ServiceDefinition;
import io.weathermesh.local.fleet.Slowness;
import io.weathermesh.local.trials.bench.Bench;
import io.weathermesh.local.trials.chaos.Chaos;
import io.weathermesh.local.trials.compare.Compare;
import io.weathermesh.local.twin.CannotStartException;
import io.weathermesh.local.twin.CommandResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: one command that starts the whole system on this machine, and others that speak to it. */
@Command(
        name = "weather",
        mixinStandardHelpOptions = true,
        version = "weather-mesh",
        synopsisSubcommandLabel = "COMMAND",
        description = "Runs the whole weather mesh on this machine: every task a process with a loopback address of its"
                + " own, found through a DNS server that answers as Cloud Map does.")
public final class Weather {
    /** Held, or its level could be forgotten. */
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

    /** Libraries tell how they were set up; here a person reads. */
    static void quieten() {
        Logger.getLogger("").setLevel(Level.WARNING);
        // That a gateway which has just started is not ready yet is no news, and no stack trace.
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
        TwinCommand.all(home).forEach(told -> line.addSubcommand(told.spec()));
        return line.setExecutionExceptionHandler((failure, command, result) -> {
            command.getErr().println("weather: " + messageOf(failure));
            return CommandResult.FAILED;
        });
    }

    /** For a person. A failure that has no message, or is a mistake of ours, is told by its kind too. */
    private static String messageOf(Exception failure) {
        boolean meantForPeople = failure instanceof CannotStartException
                || failure instanceof FleetBusyException
                || failure instanceof IllegalStateException
                || failure instanceof IOException;
        return meantForPeople && failure.getMessage() != null ? failure.getMessage() : failure.toString();
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
