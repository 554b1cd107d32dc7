package io.weathermesh.sources;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs what must happen later. Safe for use by many threads. */
public interface Timers {
    /**
     * Runs a task once when this much time has passed, never on the calling thread. A task must not block.
     *
     * @return takes the task back, unless it has run already
     */
    Runnable after(Duration delay, Runnable task);

    /** Timers on a thread of their own that does not keep the process alive. */
    static Timers daemon(String threadName) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, threadName);
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        return (delay, task) -> {
            var timer = executor.schedule(task, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
            return () -> timer.cancel(false);
        };
    }
}
