package io.weathermesh.local;

import io.weathermesh.local.fleet.JvmLauncher;
import io.weathermesh.local.twin.Outcome;
import io.weathermesh.local.twin.TwinSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints what a task has written. Works also when nothing runs any more. */
@Command(name = "logs", mixinStandardHelpOptions = true, description = "Prints what a task has written.")
final class Logs implements Callable<Integer> {
    private final Path home;

    @Parameters(paramLabel = "TASK", description = "Such as humidity-provider-1, or dns.")
    private String task = "";

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
        Files.copy(log, System.out);
        return Outcome.DONE;
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
