package io.weathermesh.aggregator.weather;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Wakes streams. Safe for use by many threads. */
@FunctionalInterface
public interface Timers {
    /** Runs a task after a delay, at once if that is negative; the result calls it off. */
    Runnable after(Duration delay, Runnable task);

    /** Timers on a scheduler. */
    static Timers on(ScheduledExecutorService scheduler) {
        return (delay, task) -> {
            Future<?> planned = scheduler.schedule(task, Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
            return () -> planned.cancel(false);
        };
    }
}
