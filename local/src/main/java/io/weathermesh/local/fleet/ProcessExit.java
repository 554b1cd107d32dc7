package io.weathermesh.local.fleet;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Waits for the end of processes that are about to end.
 *
 * <p>Not by {@link Process#onExit()}: its future needs a thread of the common pool, of which there may be one only. If
 * that waits for a lock of the caller, none of the two ever goes on.
 */
public final class ProcessExit {
    /** A guard: one that was killed, or that has nothing more to read, needs milliseconds; seconds on a busy machine. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private ProcessExit() {}

    /**
     * Returns when it has ended. An interrupt does not shorten this: it is kept for whatever waits next.
     *
     * @throws IllegalStateException if it goes on for more than a minute
     */
    public static void await(Process process) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                        throw new IllegalStateException(
                                "process " + process.pid() + " has not ended within " + LIMIT.toSeconds() + " s");
                    }
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
