package io.weathermesh.local.trials.chaos;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The system that runs, as the command line sees it. */
@FunctionalInterface
interface RunningSystem {
    /**
     * A task that is meant to go on.
     *
     * @param healthy whether it is registered and healthy
     */
    record Task(String service, String name, boolean healthy) {}

    /**
     * Has a command carried out.
     *
     * @return what it told
     * @throws IOException if it could not be
     */
    String tell(String command, String... arguments) throws IOException;

    /** The tasks of a service that nobody wants to end. */
    default List<Task> tasks(String service) throws IOException {
        List<Task> tasks = new ArrayList<>();
        for (JsonElement element : JsonParser.parseString(tell("ps")).getAsJsonArray()) {
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
