package io.weathermesh.aggregator.rest;

import io.weathermesh.aggregator.weather.Timers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Runs what is due by a clock when a test says so. */
public final class HandMovedTimers implements Timers {
    private final Clock clock;
    private final List<Planned> planned = new ArrayList<>();

    private record Planned(Instant at, Runnable task) {}

    public HandMovedTimers(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        Planned one = new Planned(clock.instant().plus(delay), task);
        synchronized (planned) {
            planned.add(one);
        }
        return () -> {
            synchronized (planned) {
                planned.remove(one);
            }
        };
    }

    public void runDue() {
        List<Planned> due;
        synchronized (planned) {
            due = planned.stream()
                    .filter(one -> !one.at().isAfter(clock.instant()))
                    .toList();
            planned.removeAll(due);
        }
        due.forEach(one -> one.task().run());
    }
}
