package io.weathermesh.local;

import io.weathermesh.local.twin.ControlClient;
import io.weathermesh.local.twin.Outcome;
import io.weathermesh.local.twin.TwinFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;

/** Stops everything, and returns when no process is left. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stops everything that 'weather up' started, at once.")
final class Down implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Path home;

    Down(Path home) {
        this.home = home;
    }

    @Override
    public Integer call() throws Exception {
        Optional<TwinFile> running = TwinFile.ofRunning(home);
        Optional<ProcessHandle> process = running.flatMap(TwinFile::process);
        if (process.isEmpty()) {
            System.err.println("weather: nothing is running here");
            return Outcome.NOT_RUNNING;
        }
        if (!running.get().awaitEnd(PATIENCE, this::askToStop)) {
            // Its undertaker then ends the tasks.
            process.get().destroyForcibly();
            process.get().onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        System.out.println("all stopped");
        return Outcome.DONE;
    }

    private void askToStop() {
        try {
            ControlClient.send(home, "down", List.of());
        } catch (IOException e) {
            // It stands still, or is stopping already: the wait tells.
        }
    }
}
