package io.weathermesh.local;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.weathermesh.local.fleet.JvmLauncher;
import io.weathermesh.local.fleet.TaskView;
import io.weathermesh.local.twin.CommandResult;
import io.weathermesh.local.twin.ControlClient;
import io.weathermesh.local.twin.TwinFile;
import io.weathermesh.local.twin.TwinSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the log of a task, also after the twin has ended. */
@Command(name = "logs", mixinStandardHelpOptions = true, description = "Prints the log of a task of the last 'up'.")
final class Logs implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(300);

    private static final String SUFFIX = ".log";

    private final Path home;
    private final CountDownLatch never = new CountDownLatch(1);

    @Parameters(
            paramLabel = "TASK",
            description = "A task such as humidity-provider-1 or humidity-1, the address of a running task, or dns.")
    private String task = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Prints new lines until 'weather down' or Ctrl-C.")
    private boolean follow;

    Logs(Path home) {
        this.home = home;
    }

    @Override
    public Integer call() throws Exception {
        Path folder = TwinSettings.logs(home);
        List<String> known = known(folder);
        String wanted = nameAt(task).orElse(task);
        Optional<String> name =
                known.stream().filter(log -> TaskView.matches(log, wanted)).findFirst();
        if (name.isEmpty()) {
            System.err.println("weather: there is no log of '" + task + "'"
                    + (known.isEmpty()
                            ? ": './weather up' starts the tasks"
                            : ". There are logs of " + String.join(", ", known)));
            return CommandResult.UNKNOWN_NAME;
        }
        Path log = JvmLauncher.logOf(folder, name.get());
        if (follow) {
            follow(log);
        } else {
            Files.copy(log, System.out);
        }
        return CommandResult.DONE;
    }

    /** The running task with this address. */
    private Optional<String> nameAt(String address) throws IOException {
        CommandResult tasks = ControlClient.send(home, "ps", List.of());
        if (tasks.exitCode() != CommandResult.DONE) {
            return Optional.empty();
        }
        // The name server shares its address with the load balancer.
        return JsonParser.parseString(tasks.output()).getAsJsonArray().asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(row -> row.get("address").getAsString().equals(address)
                        && row.get("admin").getAsInt() != 0)
                .map(row -> row.get("task").getAsString())
                .findFirst();
    }

    /** Returns when the twin has ended. */
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

    private static List<String> known(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> logs = Files.list(folder)) {
            return logs.map(log -> log.getFileName().toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        }
    }
}
