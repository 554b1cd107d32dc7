package io.weathermesh.sources;

import java.time.Duration;
import java.time.Instant;

/** How far a value's time may be from the one that is asked for. */
final class Freshness {
    /** Models compute each quarter of an hour, airports report each hour at least: this should have been followed. */
    static final Duration LATE = Duration.ofMinutes(75);

    /** More than honest clocks differ by. */
    static final Duration EARLY = Duration.ofMinutes(10);

    /** What is older tells of other weather. */
    private static final Duration OLDEST = Duration.ofHours(3);

    private static final Duration NEWEST = Duration.ofHours(1);

    private Freshness() {}

    /** Whether a value is worth telling at all. */
    static boolean isOfThePresent(Instant observed, Instant now) {
        return observed.isAfter(now.minus(OLDEST)) && observed.isBefore(now.plus(NEWEST));
    }

    /** Whether a value is older than it should be for an instant, or of a future that nobody asked for. */
    static boolean isSuspect(Reading reading, Instant instant) {
        Instant observed = reading.observeTime();
        boolean early = observed.isAfter(reading.fetchTime().plus(EARLY)) && observed.isAfter(instant.plus(EARLY));
        return early || observed.isBefore(instant.minus(LATE));
    }
}
