package io.weathermesh.local.trials.compare;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command that plays every scenario and prints what became of whose calls. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Plays faults to real tasks under load, and compares this mesh with stock gRPC dns:///. About a"
                + " quarter of an hour for everything; exit code 1 if this mesh broke a promise.")
public final class Compare implements Callable<Integer> {
    private static final int KEPT = 0;
    private static final int BROKEN = 1;

    /** Longer says no more: the slowest thing here is a DNS outage of two minutes. */
    private static final int MAX_SECONDS = 600;

    /** The longest that a scenario lets its clients call beside what it watches: until they are calm and know all tasks. */
    private static final int SECONDS_BEFORE = 90;

    /** The longest that a scenario watches, unless it is told how long. */
    private static final int USUAL_SECONDS = 60;

    private final Path home;
    private final PrintStream out;

    @Option(names = "--scenario", paramLabel = "NAME", description = "Only this one; may be given more than once.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long to watch a fault, up to " + MAX_SECONDS + "; 0: as the scenario says.")
    private int seconds;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Calls a second of each client, up to " + LoadClient.MAX_RATE
                    + "; fewer where a fault is watched for long.")
    private int rate = 500;

    @Spec
    private @Nullable CommandSpec spec; // picocli sets it

    @Option(names = "--list", description = "Only tell the names of the scenarios and what is promised.")
    private boolean list;

    /**
     * @param home the folder of the modules, built
     */
    public Compare(Path home, PrintStream out) {
        this.home = home;
        this.out = out;
    }

    @Override
    public Integer call() {
        if (list) {
            Scenarios.all().forEach(scenario -> out.printf("%-28s %s%n", scenario.name(), scenario.promise()));
            return KEPT;
        }
        List<Scenario> scenarios = chosen();
        ResultTable table = new ResultTable(out);
        table.head();
        boolean kept = true;
        for (Scenario scenario : scenarios) {
            kept &= play(scenario, table);
        }
        return kept ? KEPT : BROKEN;
    }

    private List<Scenario> chosen() {
        allowed("--seconds", seconds, 0, MAX_SECONDS);
        allowed("--rate", rate, 1, LoadClient.MAX_RATE);
        int longest = SECONDS_BEFORE + (seconds == 0 ? USUAL_SECONDS : seconds);
        if (rate > LoadClient.MOST_CALLS / longest) {
            throw refused("--rate is " + rate + ", but allowed is 1 to " + LoadClient.MOST_CALLS / longest
                    + " for what takes up to " + longest + " s: a client keeps at most " + LoadClient.MOST_CALLS
                    + " calls");
        }
        List<String> known = Scenarios.all().stream().map(Scenario::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw refused("--scenario is '" + name + "', but allowed is " + String.join(", ", known));
            }
        }
        return Scenarios.all().stream()
                .filter(scenario -> names.isEmpty() || names.contains(scenario.name()))
                .toList();
    }

    private void allowed(String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw refused(option + " is " + value + ", but allowed is " + min + " to " + max);
        }
    }

    private ParameterException refused(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    /** Whether the promise was kept, or could not be tried. */
    private boolean play(Scenario scenario, ResultTable table) {
        if (scenario.name().equals(Scenarios.BLACK_HOLE) && !IsolatedProvider.isPossible()) {
            table.skipped(scenario, "needs Linux, root, and the commands ip, unshare and nsenter");
            return true;
        }
        try (ScenarioRun run = new ScenarioRun(new ScenarioRun.Settings(home, rate, seconds), scenario.ttl())) {
            scenario.script().play(run);
            Map<ClientType, ClientStatistics> measured = run.measure();
            measured.forEach((type, client) -> table.row(scenario, type, client));
            ClientStatistics ours = measured.get(ClientType.MESH);
            boolean kept = ours != null && scenario.kept().test(ours);
            if (kept) {
                run.throwLogsAway();
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
