package io.weathermesh.sources;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A clock and timers that stand still until they are moved. Due tasks run on the thread that moves them. Safe for use by
 * many threads.
 */
public final class ManualTime extends Clock implements Timers {
    private record Due(Instant at, long order, Runnable task) {}

    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::order));
    private Instant now;
    private long order;

    public ManualTime(Instant start) {
        now = start;
    }

    public void move(Duration duration) {
        Instant end = instant().plus(duration);
        for (Due next = nextUntil(end); next != null; next = nextUntil(end)) {
            next.task().run();
        }
    }

    /** Removes the first timer that is due by an instant and moves the clock to it; without one, to that instant. */
    private synchronized @Nullable Due nextUntil(Instant end) {
        Due next = due.peek();
        if (next == null || next.at().isAfter(end)) {
            now = end;
            return null;
        }
        due.remove();
        now = next.at().isAfter(now) ? next.at() : now;
        return next;
    }

    private synchronized void cancel(Due timer) {
        due.remove(timer);
    }

    /** The number of timers that are scheduled. */
    public synchronized int scheduled() {
        return due.size();
    }

    @Override
    public synchronized Runnable after(Duration delay, Runnable task) {
        Due timer = new Due(now.plus(delay), order++, task);
        due.add(timer);
        return () -> cancel(timer);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
