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
 * A clock and timers that stand still until they are moved; what falls due runs on the thread that moves them. Safe for
 * use by many threads, of which one moves them.
 */
final class HandMovedTime extends Clock implements Timers {
    private record Due(Instant at, long order, Runnable task) {}

    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::order));
    private Instant now;
    private long order;

    HandMovedTime(Instant start) {
        now = start;
    }

    void move(Duration duration) {
        Instant until = instant().plus(duration);
        for (Due next = nextBy(until); next != null; next = nextBy(until)) {
            next.task().run();
        }
    }

    private synchronized @Nullable Due nextBy(Instant until) {
        Due next = due.peek();
        if (next == null || next.at().isAfter(until)) {
            now = until;
            return null;
        }
        due.remove();
        now = next.at().isAfter(now) ? next.at() : now;
        return next;
    }

    synchronized int waiting() {
        return due.size();
    }

    @Override
    public synchronized Runnable after(Duration delay, Runnable task) {
        Due timer = new Due(now.plus(delay), order++, task);
        due.add(timer);
        return () -> takeBack(timer);
    }

    private synchronized void takeBack(Due timer) {
        due.remove(timer);
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
