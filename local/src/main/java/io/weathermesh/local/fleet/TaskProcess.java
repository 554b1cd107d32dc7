package io.weathermesh.local.fleet;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The process of a task. Asking one that has ended for anything does nothing. Safe for use by many threads. */
public interface TaskProcess {
    long pid();

    /** Completes with the exit code when it has ended, however it ended. */
    CompletableFuture<Integer> exit();

    /** SIGTERM: leave in order. */
    void terminate();

    /** SIGKILL. */
    void kill();

    /** SIGSTOP: the process stands still, its sockets stay open. */
    void freeze();

    /** SIGSTOP for this long again and again, with moments between, until {@link #thaw}. */
    void slow(Duration pause);

    /** SIGCONT: it goes on, and is not slow any more. */
    void thaw();
}
