package io.weathermesh.local;

import io.weathermesh.local.fleet.JvmLauncher;
import io.weathermesh.local.twin.Outcome;
import io.weathermesh.local.twin.TwinFile;
import io.weathermesh.local.twin.TwinSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what a task has written. Works also when nothing runs any more. */
@Command(name = "logs", mixinStandardHelpOptions = true, description = "Prints what a task has written.")
final class Logs implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(300);

    private final Path home;
    private final CountDownLatch never = new CountDownLatch(1);

    @Parameters(paramLabel = "TASK", description = "Such as humidity-provider-1, or dns.")
    private String task = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on with what is written, until nothing runs any more.")
    private boolean follow;

    Logs(Path home) {
        this.home = home;
    }

    @Override
    public Integer call() throws Exception {
        Path folder = TwinSettings.logs(home);
        Path log = JvmLauncher.logOf(folder, task);
        if (!task.matches("[a-z0-9-]+") || !Files.exists(log)) {
            System.err.println("weather: there is no log of '" + task + "'" + known(folder));
            return Outcome.UNKNOWN_NAME;
        }
        if (follow) {
            follow(log);
        } else {
            Files.copy(log, System.out);
        }
        return Outcome.DONE;
    }

    /** Ends when nothing runs any more, or with Ctrl-C. */
    private void follow(Path log) throws IOException, InterruptedException {
        try (InputStream input = Files.newInputStream(log)) {
            boolean running;
            do {
                running = TwinFile.ofRunning(home).isPresent();
                input.transferTo(System.out);
                System.out.flush();
            } while (running && !never.await(POLL.toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    private static String known(Path folder) throws Exception {
        if (!Files.isDirectory(folder)) {
            return "";
        }
        try (Stream<Path> logs = Files.list(folder)) {
            return ", but "
                    + String.join(
                            ", ",
                            logs.map(log -> log.getFileName().toString().replace(".log", ""))
                                    .sorted()
                                    .toList());
        }
    }
}
