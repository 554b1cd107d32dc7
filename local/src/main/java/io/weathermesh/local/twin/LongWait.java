package io.weathermesh.local.twin;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Prints on standard error what a command waits for, if the wait is long. */
public final class LongWait {
    /** A longer wait is printed. Most commands take less than a second. */
    private static final Duration SILENT = Duration.ofSeconds(5);

    private final CompletableFuture<Void> notice;

    /**
     * Starts the wait.
     *
     * @param what the noun after "waiting for"
     * @param limit how long the command waits at most
     */
    public LongWait(String what, Duration limit) {
        notice = CompletableFuture.runAsync(
                () -> System.err.println(
                        "weather: this machine is busy: waiting for " + what + ", at most " + limit.toSeconds() + " s"),
                CompletableFuture.delayedExecutor(SILENT.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Ends the wait: nothing is printed from now on. */
    public void over() {
        notice.cancel(false);
    }
}
