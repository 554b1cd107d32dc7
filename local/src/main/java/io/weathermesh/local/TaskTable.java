package io.weathermesh.local;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a table of tasks. A line has at most 80 columns, and its first 60 have what matters: the task, its address,
 * its status and its health.
 */
final class TaskTable {
    /** The longest values: temperature-provider-120, 127.0.3.250, DEACTIVATING, UNHEALTHY, 65535, 4194304, 999 min. */
    private static final String LINE = "%-24s %-11s %-12s %-9s %5s %7s %s";

    private static final String HEAD = LINE.formatted("TASK", "ADDRESS", "STATUS", "HEALTH", "PORT", "PID", "UP");

    private TaskTable() {}

    static String head() {
        return HEAD;
    }

    /** @param fault replaces the health, which does not show it before three failed checks; null for none */
    static String line(
            String task,
            String address,
            String status,
            String health,
            @Nullable String fault,
            int port,
            long pid,
            Duration up) {
        return LINE.formatted(
                task, address, status, fault == null ? health : fault.split(" ", 2)[0], port, pid, age(up));
    }

    private static String age(Duration up) {
        long hours = up.toHours();
        return hours > 0 ? hours + " h" : up.toMinutes() > 0 ? up.toMinutes() + " min" : up.toSeconds() + " s";
    }
}
