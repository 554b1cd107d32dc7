package io.weathermesh.local.fleet;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The process of a task. Every method does nothing once it has ended. Safe for use by many threads. */
public interface TaskProcess {
    long pid();

    /** Completes with the exit code when it has ended. */
    CompletableFuture<Integer> exit();

    /** SIGTERM: it drains and exits. */
    void terminate();

    /** SIGKILL. */
    void kill();

    /** SIGSTOP: the process is suspended, its sockets stay open. */
    void freeze();

    /** Suspends it for this long again and again, until {@link #thaw}. */
    void slow(Duration pause);

    /** SIGCONT: it is neither frozen nor slow any more. */
    void thaw();

    /** The fault of {@link #freeze} or {@link #slow}, in words; null for none. */
    default @Nullable String fault() {
        return null;
    }
}
