package io.weathermesh.sources.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryTimeTest {
    private static final Instant NOW = Instant.parse("2026-11-23T06:02:00Z");

    @ParameterizedTest
    @CsvSource({
        "Minutely API request limit exceeded, 2026-11-23T06:03:00Z",
        "Hourly API request limit exceeded, 2026-11-23T07:00:00Z",
        "Daily API request limit exceeded, 2026-11-24T00:00:00Z"
    })
    void aThrottleWithoutHeaderLastsUntilItsWindowEnds(String body, Instant end) {
        assertThat(RetryTime.afterThrottling(Optional.empty(), body, NOW)).isEqualTo(end);
        assertThat(RetryTime.afterThrottling(Optional.of("soon"), body, NOW)).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            7                             | 2026-11-23T06:02:07Z
            0                             | 2026-11-23T06:02:01Z
            999999999                     | 2026-11-24T06:02:00Z
            Mon, 23 Nov 2026 06:20:00 GMT | 2026-11-23T06:20:00Z
            Mon, 23 Nov 2026 05:20:00 GMT | 2026-11-23T06:02:01Z
            Sun, 23 Nov 2036 06:20:00 GMT | 2026-11-24T06:02:00Z
            """)
    void theHeaderIsParsedAsSecondsOrADateAndBounded(String header, Instant end) {
        assertThat(RetryTime.afterThrottling(Optional.of(header), "", NOW)).isEqualTo(end);
    }

    @Test
    void anInvalidHeaderIsIgnored() {
        assertThat(RetryTime.parse(Optional.of("-5"), NOW)).isEmpty();
    }
}
