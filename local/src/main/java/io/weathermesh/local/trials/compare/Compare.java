package io.weathermesh.local.trials.compare;

import io.weathermesh.local.twin.CommandResult;
import io.weathermesh.local.twin.OptionRange;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command that runs every scenario and prints the results of each client. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "Compares this mesh with stock gRPC dns:///: injects faults into real tasks under load. All scenarios"
                        + " take about 15 minutes. Exit code 1 if this mesh broke a promise.")
public final class Compare implements Callable<Integer> {
    /** Far above the slowest recovery, from a DNS outage of two minutes. */
    private static final int MAX_SECONDS = 600;

    /** The time that clients call before a fault, until they are warm and have discovered every task. */
    private static final int MAX_SECONDS_BEFORE = 90;

    /** The time that scenarios observe a fault by themselves. */
    private static final int MAX_USUAL_SECONDS = 60;

    private final Path home;
    private final PrintStream out;
    private final Clock clock;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            showDefaultValue = Visibility.NEVER,
            description = "Runs this scenario only; repeatable. Default: all.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long to observe a fault, 0 to " + MAX_SECONDS + "; 0 is the time of the scenario.")
    private int seconds;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Calls a second of each client, 1 to " + LoadClient.MAX_RATE
                    + "; less if a fault is observed for long.")
    private int rate = 500;

    @Spec
    private @Nullable CommandSpec spec; // picocli sets it

    @Option(names = "--list", description = "Lists the scenarios and their promises, and runs none.")
    private boolean list;

    /**
     * @param home the folder of the modules, built
     */
    public Compare(Path home, PrintStream out, Clock clock) {
        this.home = home;
        this.out = out;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        if (list) {
            Scenarios.all().forEach(scenario -> out.printf("%-28s %s%n", scenario.name(), scenario.promise()));
            return CommandResult.DONE;
        }
        List<Scenario> scenarios = chosen();
        ResultTable table = new ResultTable(out);
        table.head();
        boolean kept = true;
        for (Scenario scenario : scenarios) {
            kept &= run(scenario, table);
        }
        return kept ? CommandResult.DONE : CommandResult.FAILED;
    }

    private List<Scenario> chosen() {
        CommandSpec command = Objects.requireNonNull(spec);
        OptionRange.check(command, "--seconds", seconds, 0, MAX_SECONDS);
        OptionRange.check(command, "--rate", rate, 1, LoadClient.MAX_RATE);
        int longest = MAX_SECONDS_BEFORE + (seconds == 0 ? MAX_USUAL_SECONDS : seconds);
        int maxRate = LoadClient.MAX_CALLS / longest;
        if (rate > maxRate) {
            throw refused("--rate is " + rate + ", but must be between 1 and " + maxRate + " for scenarios of up to "
                    + longest + " s: a client keeps at most " + LoadClient.MAX_CALLS + " calls");
        }
        List<String> known = Scenarios.all().stream().map(Scenario::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw refused("--scenario is '" + name + "', but must be one of " + String.join(", ", known));
            }
        }
        return Scenarios.all().stream()
                .filter(scenario -> names.isEmpty() || names.contains(scenario.name()))
                .toList();
    }

    private ParameterException refused(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    /** Returns whether the promise was kept, or the scenario cannot be run on this machine. */
    private boolean run(Scenario scenario, ResultTable table) {
        if (scenario.name().equals(Scenarios.BLACK_HOLE) && !IsolatedProvider.isPossible()) {
            table.skipped(scenario, "needs Linux, root, and the commands ip, unshare and nsenter");
            return true;
        }
        try (ScenarioRun run = new ScenarioRun(new ScenarioRun.Settings(home, rate, seconds, clock), scenario.ttl())) {
            scenario.script().run(run);
            Map<ClientType, ClientStatistics> statistics = run.endMeasurement();
            statistics.forEach((type, client) -> table.row(scenario, type, client));
            ClientStatistics ours = statistics.get(ClientType.MESH);
            boolean kept = ours != null && scenario.kept().test(ours);
            if (kept) {
                run.deleteLogs();
            } else {
                table.logsAreIn(run.folder());
            }
            return kept;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (Exception e) {
            table.failed(scenario, e);
            return false;
        }
    }
}
