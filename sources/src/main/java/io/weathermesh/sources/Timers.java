package io.weathermesh.sources;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs tasks later. Safe for use by many threads. */
public interface Timers {
    /**
     * Runs a task once after a delay, never on the calling thread. The task must not block.
     *
     * @return cancels the task unless it has started
     */
    Runnable after(Duration delay, Runnable task);

    /** Timers on a daemon thread of their own. */
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
