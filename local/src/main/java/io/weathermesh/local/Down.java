package io.weathermesh.local;

import io.weathermesh.local.fleet.Slowness;
import io.weathermesh.local.twin.CommandResult;
import io.weathermesh.local.twin.ControlClient;
import io.weathermesh.local.twin.LongWait;
import io.weathermesh.local.twin.TwinFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** Stops everything, and returns when every process has ended. */
@Command(name = "down", mixinStandardHelpOptions = true, description = "Stops everything that 'weather up' started.")
final class Down implements Callable<Integer> {
    /** From the command to the end in order, and from SIGKILL to the end, on a machine with nothing else to do. */
    private static final Duration USUAL_LIMIT = Duration.ofSeconds(5);

    /** A twin that has not responded by then has received the command nevertheless. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(1);

    private static final Duration POLL = Duration.ofMillis(20);

    private final Path home;
    private final Duration limit;
    private final CountDownLatch never = new CountDownLatch(1);

    Down(Path home, Slowness slowness) {
        this.home = home;
        this.limit = slowness.stretch(USUAL_LIMIT);
    }

    @Override
    public Integer call() throws Exception {
        Optional<TwinFile> running = TwinFile.ofRunning(home);
        Optional<ProcessHandle> process = running.flatMap(TwinFile::process);
        if (process.isEmpty()) {
            System.err.println("weather: nothing is running");
            return CommandResult.NOT_RUNNING;
        }
        LongWait wait = new LongWait("the end", limit);
        try {
            if (!running.get().awaitEnd(limit, this::requestStop) && !kill(process.get())) {
                System.err.println(
                        "weather: killed, but some processes have not ended yet: './weather down' tries again");
                return CommandResult.FAILED;
            }
        } finally {
            wait.over();
        }
        System.out.println("all stopped");
        return CommandResult.DONE;
    }

    /** Kills the process, whose reaper then kills the tasks. Returns whether all have ended. */
    private boolean kill(ProcessHandle twin) throws InterruptedException {
        List<ProcessHandle> all =
                Stream.concat(twin.descendants(), Stream.of(twin)).toList();
        twin.destroyForcibly();
        for (long left = limit.dividedBy(POLL); left > 0 && !all.stream().allMatch(Down::hasEnded); left--) {
            boolean unused = never.await(POLL.toMillis(), TimeUnit.MILLISECONDS);
        }
        return all.stream().allMatch(Down::hasEnded);
    }

    /** A zombie is still in the process table, without a command. */
    private static boolean hasEnded(ProcessHandle process) {
        return !process.isAlive() || process.info().command().isEmpty();
    }

    private void requestStop() {
        try {
            ControlClient.send(home, "down", List.of(), REQUEST_TIMEOUT);
        } catch (IOException e) {
            // It is suspended or stopping already: the caller waits for its end.
        }
    }
}
