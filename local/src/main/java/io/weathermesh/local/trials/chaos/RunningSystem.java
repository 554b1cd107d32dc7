package io.weathermesh.local.trials.chaos;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The system that runs, as the command line controls it. */
@FunctionalInterface
interface RunningSystem {
    /**
     * A task that is not being stopped.
     *
     * @param healthy whether it is registered and healthy
     */
    record Task(String service, String name, boolean healthy) {}

    /**
     * Runs a command of the command line.
     *
     * @return its output
     * @throws IOException if the command fails
     */
    String run(String command, String... arguments) throws IOException;

    /** The tasks of a service that are not being stopped. */
    default List<Task> tasks(String service) throws IOException {
        List<Task> tasks = new ArrayList<>();
        for (JsonElement element : JsonParser.parseString(run("ps")).getAsJsonArray()) {
            JsonObject task = element.getAsJsonObject();
            if (task.get("service").getAsString().equals(service) && !task.has("end")) {
                boolean healthy = task.get("status").getAsString().equals("RUNNING")
                        && task.get("health").getAsString().equals("HEALTHY");
                tasks.add(new Task(service, task.get("task").getAsString(), healthy));
            }
        }
        return tasks;
    }
}
