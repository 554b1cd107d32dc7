package io.weathermesh.local.fleet;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a task is to end or has ended, and why.
 *
 * @param by who wanted it
 * @param began when its end began
 * @param ended when its process was gone; null while it is not
 * @param exitCode null while its process is not gone
 */
public record TaskEnd(
        By by,
        String reason,
        Instant began,
        @Nullable Instant ended,
        @Nullable Integer exitCode) {
    /** Who wants a task to end. */
    public enum By {
        /** A person or a program told it to stop. */
        USER,
        /** The service needs it no longer, or has given it up. */
        SCHEDULER,
        /** Nobody: its process ended. */
        ITSELF
    }

    TaskEnd withExit(Instant when, int code) {
        return new TaskEnd(by, reason, began, when, code);
    }
}
