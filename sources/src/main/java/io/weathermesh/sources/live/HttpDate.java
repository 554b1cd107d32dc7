package io.weathermesh.sources.live;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Dates in HTTP headers (RFC 9110, section 5.6.7), in the IMF-fixdate format, the only one still sent. */
final class HttpDate {
    private HttpDate() {}

    /** The instant of a date; empty if it is invalid. */
    static Optional<Instant> parse(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
