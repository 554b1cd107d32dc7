package io.weathermesh.mesh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A clock and a scheduler that stand still until they are moved. What is executed runs at once on the calling thread,
 * after what is running already; what is scheduled runs while time is moved past it, in order.
 */
final class HandMovedTime extends AbstractExecutorService implements ScheduledExecutorService {
    private final PriorityQueue<Timer<?>> timers = new PriorityQueue<>(
            Comparator.<Timer<?>>comparingLong(timer -> timer.atNanos).thenComparing(timer -> timer.order));
    private final List<Runnable> ready = new ArrayList<>();
    private boolean running;
    private long nowNanos;
    private long order;

    /** As {@link System#nanoTime()}. */
    long nanos() {
        return nowNanos;
    }

    Duration now() {
        return Duration.ofNanos(nowNanos);
    }

    /** Lets this much time pass. */
    void move(Duration duration) {
        long until = nowNanos + duration.toNanos();
        for (Timer<?> timer = timers.peek(); timer != null && timer.atNanos <= until; timer = timers.peek()) {
            timers.remove();
            nowNanos = timer.atNanos;
            execute(timer);
        }
        nowNanos = until;
    }

    @Override
    public void execute(Runnable task) {
        ready.add(task);
        if (running) {
            return;
        }
        running = true;
        try {
            while (!ready.isEmpty()) {
                ready.remove(0).run();
            }
        } finally {
            running = false;
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return schedule(
                () -> {
                    task.run();
                    return true;
                },
                delay,
                unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        Timer<V> timer = new Timer<>(task, nowNanos + unit.toNanos(delay), order++);
        timers.add(timer);
        return timer;
    }

    /** How many timers wait. */
    int waiting() {
        return timers.size();
    }

    private final class Timer<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private final long atNanos;
        private final long order;

        Timer(Callable<V> task, long atNanos, long order) {
            super(task);
            this.atNanos = atNanos;
            this.order = order;
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            timers.remove(this);
            return super.cancel(mayInterrupt);
        }

        @Override
        protected void setException(Throwable failure) {
            throw new AssertionError("a scheduled task failed", failure);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(atNanos - nowNanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long initial, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initial, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
