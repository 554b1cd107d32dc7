package io.weathermesh.local.fleet;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task at one instant, for people and programs that look.
 *
 * @param task its name
 * @param port where it serves gRPC; for the name server, DNS
 * @param admin where it serves pages to operators; 0 if it does not
 * @param deployment the number of the service's deployment that it belongs to
 * @param end null as long as it is meant to go on
 */
public record TaskView(
        String service,
        String task,
        String address,
        int port,
        int admin,
        long pid,
        TaskStatus status,
        TaskHealth health,
        Instant startTime,
        int deployment,
        @Nullable TaskEnd end) {
    /** Whether people may say this for a task: its name, or that without what all names of its kind have. */
    public static boolean isCalled(String task, String said) {
        return said.equals(task)
                || said.equals(task.replaceFirst("-(provider|aggregator)", ""))
                || said.equals(task.replaceFirst("weather-", ""));
    }
}
