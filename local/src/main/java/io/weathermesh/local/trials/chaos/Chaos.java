package io.weathermesh.local.trials.chaos;

import io.weathermesh.local.twin.CommandResult;
import io.weathermesh.local.twin.ControlClient;
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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Hurts the system that runs by a schedule, asks it for the weather meanwhile, and says what became of its promises. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "Kills, freezes, slows, stops, deploys, scales, and lets DNS misbehave or die, while asking for the weather;"
                        + " exits with 0 if at most 0.1 %% failed, no answer was wrong, no gap was longer than 1 s, and all tasks"
                        + " serve in the end. The same seed and minutes make the same schedule.")
public final class Chaos implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(500);

    /** RequestLoad before the first that counts. */
    private static final Duration WARM_UP = Duration.ofSeconds(20);

    /** What the last replacements may take: their place stays empty for a while, then they start. */
    private static final Duration RECOVERY = Duration.ofMinutes(2);

    private static final int MOST_MINUTES = 24 * 60;
    private static final int MOST_RATE = 2_000;

    private final Path home;
    private final PrintStream out;
    private final Clock clock;
    private final CountDownLatch never = new CountDownLatch(1);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--seed", paramLabel = "S", description = "What the schedule is drawn from.")
    private long seed = 1;

    @Option(names = "--minutes", paramLabel = "M", description = "How long.")
    private int minutes = 5;

    @Option(names = "--rate", paramLabel = "N", description = "RequestLoad a second.")
    private int rate = 200;

    @Option(names = "--list", description = "Only tell the schedule.")
    private boolean list;

    /** @param home the folder that the system was started in */
    public Chaos(Path home, PrintStream out, Clock clock) {
        this.home = home;
        this.out = out;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Exception {
        within("--minutes", minutes, 1, MOST_MINUTES);
        within("--rate", rate, 1, MOST_RATE);
        List<ScheduledFault> schedule = FaultSchedule.of(seed, Duration.ofMinutes(minutes));
        if (list) {
            schedule.forEach(out::println);
            return CommandResult.DONE;
        }
        Optional<TwinFile> running = TwinFile.ofRunning(home);
        if (running.isEmpty()) {
            CommandLine line = Objects.requireNonNull(spec).commandLine();
            return CommandResult.notRunning().tell(line.getOut(), line.getErr());
        }
        ScheduledExecutorService striking = Executors.newSingleThreadScheduledExecutor();
        ScheduledExecutorService asking = Executors.newSingleThreadScheduledExecutor();
        try {
            Verdict verdict = play(schedule, running.get().port(), striking, asking);
            out.println(verdict.text());
            return verdict.broken().isEmpty() ? CommandResult.DONE : CommandResult.FAILED;
        } finally {
            asking.shutdownNow();
            striking.shutdownNow();
        }
    }

    private Verdict play(
            List<ScheduledFault> schedule, int port, ScheduledExecutorService striking, ScheduledExecutorService asking)
            throws Exception {
        FaultInjector injector = new FaultInjector(this::tell, striking, out::println);
        ResponseTally tally = new ResponseTally();
        ResponseChecker checker = new ResponseChecker(clock);
        warmUp(new RequestLoad(port, checker, new ResponseTally()), asking);
        RequestLoad questions = new RequestLoad(port, checker, tally);
        out.printf("seed %d: %d faults in %d min, at %d questions a second%n", seed, schedule.size(), minutes, rate);
        Thread interrupted = new Thread(() -> calm(injector, striking), "calm");
        Runtime.getRuntime().addShutdownHook(interrupted);
        long start = System.nanoTime();
        ScheduledFuture<?> load = questions.begin(asking, rate);
        try {
            striking.submit(() -> {
                        injector.begin(schedule);
                        return schedule;
                    })
                    .get();
            pause(Duration.ofMinutes(minutes));
        } finally {
            // Also if this is interrupted: nobody would know why the system goes on misbehaving.
            calm(injector, striking);
        }
        List<String> missing = recovered(injector);
        load.cancel(false);
        awaitAnswers(questions);
        return new Verdict(tally.result(start, System.nanoTime()), injector.struck(), injector.leftOut(), missing);
    }

    private static void calm(FaultInjector injector, ScheduledExecutorService striking) {
        try {
            striking.submit(injector::calm).get();
        } catch (RejectedExecutionException | ExecutionException e) {
            // It has ended, and was calmed before that.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is missing when it has recovered, or has had the time to. */
    private List<String> recovered(FaultInjector injector) throws IOException, InterruptedException {
        long start = System.nanoTime();
        List<String> missing = injector.missing();
        while (!missing.isEmpty() && System.nanoTime() - start < RECOVERY.toNanos()) {
            pause(POLL);
            missing = injector.missing();
        }
        return missing;
    }

    /** Each question ends, if only by its time-out. */
    private void awaitAnswers(RequestLoad questions) throws InterruptedException {
        while (questions.open() > 0) {
            pause(POLL);
        }
    }

    /** JVMs that have just started are slow by themselves, which is not what is looked for. */
    private void warmUp(RequestLoad questions, ScheduledExecutorService asking) throws InterruptedException {
        ScheduledFuture<?> load = questions.begin(asking, rate);
        pause(WARM_UP);
        load.cancel(false);
        awaitAnswers(questions);
    }

    private String tell(String command, String... arguments) throws IOException {
        CommandResult outcome = ControlClient.send(home, command, List.of(arguments));
        if (outcome.exitCode() != CommandResult.DONE) {
            throw new IOException(outcome.output());
        }
        return outcome.output();
    }

    private void pause(Duration time) throws InterruptedException {
        boolean unused = never.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void within(String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    option + " is " + value + ", but allowed is " + min + " to " + max);
        }
    }
}
