package io.weathermesh.sources;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** When a source that answered 429 may be asked again. */
final class Throttling {
    private static final long LONGEST_SECONDS = Duration.ofDays(1).toSeconds();

    private Throttling() {}

    /**
     * What {@code Retry-After} says in seconds; without it, the end of the window that the body names, as Open-Meteo
     * counts by the minute, the full hour and the day of UTC and sends no header.
     */
    static Instant end(Optional<String> retryAfter, String body, Instant now) {
        Optional<Long> seconds =
                retryAfter.filter(value -> value.matches("\\d{1,6}")).map(Long::valueOf);
        if (seconds.isPresent()) {
            return now.plusSeconds(Math.max(1, Math.min(LONGEST_SECONDS, seconds.get())));
        }
        ChronoUnit window = body.contains("Daily")
                ? ChronoUnit.DAYS
                : body.contains("Hourly") ? ChronoUnit.HOURS : ChronoUnit.MINUTES;
        return now.truncatedTo(window).plus(1, window);
    }
}
