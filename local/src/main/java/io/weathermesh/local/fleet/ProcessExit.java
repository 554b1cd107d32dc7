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
    /** One that was killed, or that has nothing more to read, needs milliseconds; a busy machine some more. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private ProcessExit() {}

    /**
     * Returns when it has ended. An interrupt does not shorten this: it is kept for whatever waits next.
     *
     * @throws IllegalStateException if it goes on for more than ten seconds
     */
    public static void await(Process process) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                        throw new IllegalStateException("process " + process.pid() + " does not end");
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
