package io.weathermesh.sources.live;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** When a source that throttles may be called again. */
final class RetryTime {
    private static final Duration MIN_DELAY = Duration.ofSeconds(1);

    /** No source has a longer quota window. */
    private static final Duration MAX_DELAY = Duration.ofDays(1);

    private RetryTime() {}

    /**
     * The instant in {@code Retry-After}; without it, the end of the quota window that the body names: Open-Meteo counts by
     * the minute, the full hour and the day of UTC and sends no header.
     */
    static Instant afterThrottling(Optional<String> retryAfter, String body, Instant now) {
        ChronoUnit window = body.contains("Daily")
                ? ChronoUnit.DAYS
                : body.contains("Hourly") ? ChronoUnit.HOURS : ChronoUnit.MINUTES;
        return parse(retryAfter, now).orElseGet(() -> now.truncatedTo(window).plus(1, window));
    }

    /** The instant in {@code Retry-After}, which is seconds or a date; empty if the header is missing or invalid. */
    static Optional<Instant> parse(Optional<String> retryAfter, Instant now) {
        return retryAfter
                .flatMap(value -> value.matches("\\d{1,9}")
                        ? Optional.of(now.plusSeconds(Long.parseLong(value)))
                        : HttpDate.parse(value))
                .map(time -> time.isBefore(now.plus(MIN_DELAY)) ? now.plus(MIN_DELAY) : time)
                .map(time -> time.isAfter(now.plus(MAX_DELAY)) ? now.plus(MAX_DELAY) : time);
    }
}
