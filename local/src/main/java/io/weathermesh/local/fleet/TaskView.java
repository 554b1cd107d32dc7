package io.weathermesh.local.fleet;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task at one instant.
 *
 * @param task its name
 * @param port of gRPC; of DNS for the name server
 * @param admin the port of the admin pages; 0 for none
 * @param deployment the number of the service's deployment that it belongs to
 * @param end null unless it is being stopped or has stopped
 * @param fault such as {@code frozen} or {@code slow by up to 50 ms}; null for none
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
        @Nullable TaskEnd end,
        @Nullable String fault) {
    /** Whether a name means the task: its own, or that without {@code -provider}, {@code -aggregator} or {@code weather-}. */
    public static boolean matches(String task, String name) {
        return name.equals(task)
                || name.equals(task.replaceFirst("-(provider|aggregator)", ""))
                || name.equals(task.replaceFirst("weather-", ""));
    }
}
