package io.weathermesh.sources.live;

import io.weathermesh.sources.Reading;
import java.time.Duration;
import java.time.Instant;

/** How far an observe time may be from the requested instant. */
final class Freshness {
    /** Models are computed each quarter of an hour and airports report at least hourly: a newer value is overdue. */
    private static final Duration MAX_DELAY = Duration.ofMinutes(75);

    /** More than correct clocks differ by. */
    private static final Duration MAX_LEAD = Duration.ofMinutes(10);

    /** The weather has changed since an older value. */
    private static final Duration MAX_AGE = Duration.ofHours(3);

    private static final Duration MAX_FUTURE = Duration.ofHours(1);

    private Freshness() {}

    /** Whether a value is recent enough to be used at all. */
    static boolean isCurrent(Instant observed, Instant now) {
        return observed.isAfter(now.minus(MAX_AGE)) && observed.isBefore(now.plus(MAX_FUTURE));
    }

    /** Whether a value is overdue for an instant, or later than both that instant and its own fetch time. */
    static boolean isSuspect(Reading reading, Instant instant) {
        Instant observed = reading.observeTime();
        boolean early =
                observed.isAfter(reading.fetchTime().plus(MAX_LEAD)) && observed.isAfter(instant.plus(MAX_LEAD));
        return early || observed.isBefore(instant.minus(MAX_DELAY));
    }
}
