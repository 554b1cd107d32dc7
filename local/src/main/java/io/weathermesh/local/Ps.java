package io.weathermesh.local;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.weathermesh.local.twin.CommandResult;
import io.weathermesh.local.twin.ControlClient;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the tasks. */
@Command(
        name = "ps",
        mixinStandardHelpOptions = true,
        description =
                "Lists the tasks and the name server. HEALTH has the fault of a task that is frozen or slow, and the"
                        + " mode of the name server.")
final class Ps implements Callable<Integer> {
    private final Path home;
    private final Clock clock;

    @Option(
            names = "--json",
            description = "Prints an array of {service, task, address, port, admin, pid, status, health, startTime,"
                    + " deployment, end, fault}.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    Ps(Path home, Clock clock) {
        this.home = home;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Exception {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        CommandResult result = ControlClient.send(home, "ps", List.of());
        if (json || result.exitCode() != CommandResult.DONE) {
            return result.print(line.getOut(), line.getErr());
        }
        printTable(result.output(), line.getOut());
        return CommandResult.DONE;
    }

    private void printTable(String tasks, PrintWriter out) {
        out.println(TaskTable.head());
        for (JsonElement element : JsonParser.parseString(tasks).getAsJsonArray()) {
            JsonObject task = element.getAsJsonObject();
            out.println(TaskTable.line(
                    text(task, "task"),
                    text(task, "address"),
                    text(task, "status"),
                    text(task, "health"),
                    task.has("fault") ? text(task, "fault") : null,
                    task.get("port").getAsInt(),
                    task.get("pid").getAsLong(),
                    Duration.between(Instant.parse(text(task, "startTime")), clock.instant())));
        }
    }

    private static String text(JsonObject task, String field) {
        return task.get(field).getAsString();
    }
}
