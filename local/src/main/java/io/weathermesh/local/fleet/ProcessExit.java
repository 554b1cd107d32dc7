package io.weathermesh.local.fleet;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Waits for processes that are about to end.
 *
 * <p>Not with {@link Process#onExit()}: its future needs a thread of the common pool, which may have one only. If that one
 * waits for a lock of the caller, both wait for ever.
 */
public final class ProcessExit {
    /** A guard: a killed process, or one without input, ends in milliseconds; in seconds on a busy machine. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private ProcessExit() {}

    /**
     * Returns when the process has ended. An interrupt does not end the wait; the interrupt status is kept.
     *
     * @throws IllegalStateException if it has not ended after a minute
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
