package io.weathermesh.local.fleet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A thread and a clock that are moved by hand: all work runs on the thread of the test, one after the other, and what is
 * scheduled runs when the clock gets there. For one thread.
 */
public final class HandMovedTime extends AbstractExecutorService implements ScheduledExecutorService {
    private final Queue<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Due> scheduled =
            new PriorityQueue<>(Comparator.comparing((Due due) -> due.when).thenComparing(due -> due.order));
    private Instant now = Instant.EPOCH;
    private long order;
    private boolean running;
    private boolean stalled;
    private boolean closed;

    public Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    /** Runs what is due until then. */
    public void advance(Duration time) {
        Instant end = now.plus(time);
        while (!scheduled.isEmpty() && !scheduled.peek().when.isAfter(end)) {
            Due next = scheduled.remove();
            now = next.when;
            execute(next);
        }
        now = end;
    }

    /** From now on work waits. */
    public void stall() {
        stalled = true;
    }

    /** Does the work that waits. */
    public void goOn() {
        stalled = false;
        drain();
    }

    @Override
    public void execute(Runnable work) {
        if (closed) {
            throw new RejectedExecutionException("closed");
        }
        ready.add(work);
        drain();
    }

    private void drain() {
        if (running || stalled) {
            return;
        }
        running = true;
        while (!ready.isEmpty()) {
            ready.remove().run();
        }
        running = false;
    }

    private final class Due extends FutureTask<Object> implements ScheduledFuture<Object> {
        private final Instant when;
        private final long order;

        Due(Callable<Object> work, Instant when, long order) {
            super(work);
            this.when = when;
            this.order = order;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(Duration.between(now, when));
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
        Due due = new Due(Executors.callable(work), now.plus(delay, unit.toChronoUnit()), order++);
        scheduled.add(due);
        return due;
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> work, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable work, long first, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable work, long first, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shutdown() {
        closed = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        closed = true;
        return new ArrayList<>(ready);
    }

    @Override
    public boolean isShutdown() {
        return closed;
    }

    @Override
    public boolean isTerminated() {
        return closed;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return closed;
    }
}
