package io.weathermesh.sources;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** When a source that wants to be left alone may be asked again. */
final class Throttling {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** No quota of a source is longer. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private Throttling() {}

    /**
     * What {@code Retry-After} says; without it, the end of the window that the body names, as Open-Meteo counts by the
     * minute, the full hour and the day of UTC and sends no header.
     */
    static Instant end(Optional<String> retryAfter, String body, Instant now) {
        ChronoUnit window = body.contains("Daily")
                ? ChronoUnit.DAYS
                : body.contains("Hourly") ? ChronoUnit.HOURS : ChronoUnit.MINUTES;
        return told(retryAfter, now).orElseGet(() -> now.truncatedTo(window).plus(1, window));
    }

    /** What {@code Retry-After} says, in seconds or as a date; empty if it is missing or neither. */
    static Optional<Instant> told(Optional<String> retryAfter, Instant now) {
        return retryAfter
                .flatMap(value -> value.matches("\\d{1,9}")
                        ? Optional.of(now.plusSeconds(Long.parseLong(value)))
                        : HttpDate.parse(value))
                .map(until -> until.isBefore(now.plus(SHORTEST)) ? now.plus(SHORTEST) : until)
                .map(until -> until.isAfter(now.plus(LONGEST)) ? now.plus(LONGEST) : until);
    }
}
