package io.weathermesh.sources;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** An instant as HTTP writes it (RFC 9110, section 5.6.7), in the one form that is still sent. */
final class HttpDate {
    private HttpDate() {}

    /** Empty if it is none. */
    static Optional<Instant> parse(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
