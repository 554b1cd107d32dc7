package io.weathermesh.aggregator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.weathermesh.aggregator.weather.Timers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the tasks that are due by a clock when a test calls it. */
public final class ManualTimers implements Timers {
    private final Clock clock;
    private final List<Planned> planned = new ArrayList<>();

    private record Planned(Instant at, Runnable task) {}

    public ManualTimers(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        Planned one = new Planned(clock.instant().plus(delay), task);
        synchronized (planned) {
            planned.add(one);
            planned.notifyAll();
        }
        return () -> {
            synchronized (planned) {
                planned.remove(one);
            }
        };
    }

    /** Returns when something is planned for that instant: before, the clock may not be moved on. */
    void awaitPlanned(Instant at, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        synchronized (planned) {
            while (planned.stream().noneMatch(one -> one.at().equals(at))) {
                long leftMillis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                assertThat(leftMillis).as("nothing is planned for %s", at).isPositive();
                planned.wait(leftMillis);
            }
        }
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
