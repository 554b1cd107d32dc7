package io.weathermesh.local.fleet;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The stop of a task, which has started or has ended.
 *
 * @param by who stopped it
 * @param began when the stop started
 * @param ended when its process ended; null before
 * @param exitCode null before its process has ended
 */
public record TaskEnd(
        By by,
        String reason,
        Instant began,
        @Nullable Instant ended,
        @Nullable Integer exitCode) {
    /** Who stops a task. */
    public enum By {
        /** A user of the command line or of the API. */
        USER,
        /** The service: the task is surplus, replaced or unhealthy. */
        SCHEDULER,
        /** Its process ended by itself. */
        ITSELF
    }

    TaskEnd withExit(Instant when, int code) {
        return new TaskEnd(by, reason, began, when, code);
    }
}
