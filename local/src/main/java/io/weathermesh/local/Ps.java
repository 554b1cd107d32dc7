package io.weathermesh.local;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.weathermesh.local.twin.CommandResult;
import io.weathermesh.local.twin.ControlClient;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists what runs. */
@Command(name = "ps", mixinStandardHelpOptions = true, description = "Lists the tasks and the name server.")
final class Ps implements Callable<Integer> {
    private static final String ROW = "%-24s %-12s %-7s %-12s %-10s %8s %8s";

    private final Path home;
    private final Clock clock;

    @Option(
            names = "--json",
            description =
                    "An array of {service, task, address, port, admin, pid, status, health, startTime, deployment, end}.")
    private boolean json;

    Ps(Path home, Clock clock) {
        this.home = home;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Exception {
        CommandResult outcome = ControlClient.send(home, "ps", List.of());
        if (outcome.exitCode() != CommandResult.DONE) {
            System.err.println("weather: " + outcome.output());
        } else if (json) {
            System.out.println(outcome.output());
        } else {
            print(JsonParser.parseString(outcome.output()).getAsJsonArray(), System.out);
        }
        return outcome.exitCode();
    }

    private void print(JsonArray tasks, PrintStream out) {
        out.println(head());
        for (JsonElement element : tasks) {
            JsonObject task = element.getAsJsonObject();
            out.println(row(
                    text(task, "task"),
                    text(task, "address"),
                    text(task, "port"),
                    text(task, "status"),
                    text(task, "health"),
                    text(task, "pid"),
                    Duration.between(Instant.parse(text(task, "startTime")), clock.instant())));
        }
    }

    static String head() {
        return String.format(ROW, "TASK", "ADDRESS", "PORT", "STATUS", "HEALTH", "PID", "UP");
    }

    static String row(String task, String address, String port, String status, String health, String pid, Duration up) {
        String age = up.toMinutes() > 0 ? up.toMinutes() + " min" : up.toSeconds() + " s";
        return String.format(ROW, task, address, port, status, health, pid, age);
    }

    private static String text(JsonObject task, String field) {
        return task.get(field).getAsString();
    }
}
