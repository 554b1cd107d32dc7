package io.weathermesh.local.trials.chaos;

import io.weathermesh.local.twin.CommandResult;
import io.weathermesh.local.twin.ControlClient;
import io.weathermesh.local.twin.OptionRange;
import io.weathermesh.local.twin.TwinFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command that injects faults into the running system under load, and checks its promises. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "Injects faults into the running system under load: kills, freezes, slows, stops, deploys and scales"
                        + " tasks, and makes the name server misbehave or die. Exit code 0 if at most 0.1 %% of the requests"
                        + " failed, no response was wrong, no gap was longer than 1 s, and all tasks are healthy at the end."
                        + " The same seed and minutes make the same schedule.")
public final class Chaos implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(500);

    /** Load before the measurement: a JVM that has just started is slow. */
    private static final Duration WARM_UP = Duration.ofSeconds(20);

    /** The time for the last replacements: the delay of {@code --replace-after}, then a start. */
    private static final Duration RECOVERY = Duration.ofMinutes(2);

    private static final int MAX_MINUTES = 24 * 60;
    private static final int MAX_RATE = 2_000;

    private final Path home;
    private final PrintStream out;
    private final Clock clock;
    private final CountDownLatch never = new CountDownLatch(1);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the schedule.")
    private long seed = 1;

    @Option(names = "--minutes", paramLabel = "M", description = "Length of the schedule, 1 to " + MAX_MINUTES + ".")
    private int minutes = 5;

    @Option(names = "--rate", paramLabel = "N", description = "Requests a second, 1 to " + MAX_RATE + ".")
    private int rate = 200;

    @Option(names = "--list", description = "Prints the schedule, and injects nothing.")
    private boolean list;

    /** @param home the folder of the modules, where the system was started */
    public Chaos(Path home, PrintStream out, Clock clock) {
        this.home = home;
        this.out = out;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Exception {
        CommandSpec command = Objects.requireNonNull(spec);
        OptionRange.check(command, "--minutes", minutes, 1, MAX_MINUTES);
        OptionRange.check(command, "--rate", rate, 1, MAX_RATE);
        List<ScheduledFault> schedule = FaultSchedule.of(seed, Duration.ofMinutes(minutes));
        if (list) {
            schedule.forEach(out::println);
            return CommandResult.DONE;
        }
        Optional<TwinFile> running = TwinFile.ofRunning(home);
        if (running.isEmpty()) {
            CommandLine line = command.commandLine();
            return CommandResult.notRunning().print(line.getOut(), line.getErr());
        }
        ScheduledExecutorService faults = Executors.newSingleThreadScheduledExecutor();
        ScheduledExecutorService requests = Executors.newSingleThreadScheduledExecutor();
        try {
            Verdict verdict = run(schedule, running.get().port(), faults, requests);
            out.println(verdict.text());
            return verdict.broken().isEmpty() ? CommandResult.DONE : CommandResult.FAILED;
        } finally {
            requests.shutdownNow();
            faults.shutdownNow();
        }
    }

    private Verdict run(
            List<ScheduledFault> schedule, int port, ScheduledExecutorService faults, ScheduledExecutorService requests)
            throws Exception {
        FaultInjector injector = new FaultInjector(this::run, faults, out::println);
        ResponseTally tally = new ResponseTally();
        ResponseChecker checker = new ResponseChecker(clock);
        warmUp(new RequestLoad(port, checker, new ResponseTally()), requests);
        RequestLoad load = new RequestLoad(port, checker, tally);
        out.printf("seed %d: %d faults in %d min, %d requests a second%n", seed, schedule.size(), minutes, rate);
        Thread interrupted = new Thread(() -> undoAll(injector, faults), "undo-faults");
        Runtime.getRuntime().addShutdownHook(interrupted);
        long start = System.nanoTime();
        ScheduledFuture<?> sending = load.start(requests, rate);
        try {
            faults.submit(() -> {
                        injector.start(schedule);
                        return schedule;
                    })
                    .get();
            pause(Duration.ofMinutes(minutes));
        } finally {
            // Even if this is interrupted: otherwise the faults would stay.
            undoAll(injector, faults);
        }
        List<String> notRecovered = awaitRecovery(injector);
        sending.cancel(false);
        awaitResponses(load);
        return new Verdict(
                tally.result(start, System.nanoTime()), injector.injected(), injector.skipped(), notRecovered);
    }

    private static void undoAll(FaultInjector injector, ScheduledExecutorService faults) {
        try {
            faults.submit(injector::undoAll).get();
        } catch (RejectedExecutionException | ExecutionException e) {
            // The faults are undone already.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How the services differ from their state at the start, when they have recovered or the time is over. */
    private List<String> awaitRecovery(FaultInjector injector) throws IOException, InterruptedException {
        long start = System.nanoTime();
        List<String> differences = injector.notRecovered();
        while (!differences.isEmpty() && System.nanoTime() - start < RECOVERY.toNanos()) {
            pause(POLL);
            differences = injector.notRecovered();
        }
        return differences;
    }

    /** Every request ends, at the latest by its timeout. */
    private void awaitResponses(RequestLoad load) throws InterruptedException {
        while (load.inFlight() > 0) {
            pause(POLL);
        }
    }

    private void warmUp(RequestLoad load, ScheduledExecutorService requests) throws InterruptedException {
        ScheduledFuture<?> sending = load.start(requests, rate);
        pause(WARM_UP);
        sending.cancel(false);
        awaitResponses(load);
    }

    private String run(String command, String... arguments) throws IOException {
        CommandResult result = ControlClient.send(home, command, List.of(arguments));
        if (result.exitCode() != CommandResult.DONE) {
            throw new IOException(result.output());
        }
        return result.output();
    }

    private void pause(Duration time) throws InterruptedException {
        boolean unused = never.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
