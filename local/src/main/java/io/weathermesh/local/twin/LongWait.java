package io.weathermesh.local.twin;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Says on the standard error output what a person waits for, once the wait has become long and is not over. */
public final class LongWait {
    /** Of a command: most take moments. */
    private static final Duration SILENT = Duration.ofSeconds(5);

    private final CompletableFuture<Void> notice;

    /**
     * @param what is waited for
     * @param limit of the wait
     */
    public LongWait(String what, Duration limit) {
        notice = CompletableFuture.runAsync(
                () -> System.err.println(
                        "weather: this machine is busy: waiting for " + what + ", at most " + limit.toSeconds() + " s"),
                CompletableFuture.delayedExecutor(SILENT.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Nothing is said from now on. */
    public void over() {
        notice.cancel(false);
    }
}
