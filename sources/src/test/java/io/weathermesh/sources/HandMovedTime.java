package io.weathermesh.sources;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock and timers that stand still until they are moved; what falls due runs on the thread that moves them. */
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
        Instant until = now.plus(duration);
        for (Due next = due.peek(); next != null && !next.at().isAfter(until); next = due.peek()) {
            due.remove();
            now = next.at().isAfter(now) ? next.at() : now;
            next.task().run();
        }
        now = until;
    }

    int waiting() {
        return due.size();
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        Due timer = new Due(now.plus(delay), order++, task);
        due.add(timer);
        return () -> due.remove(timer);
    }

    @Override
    public Instant instant() {
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
