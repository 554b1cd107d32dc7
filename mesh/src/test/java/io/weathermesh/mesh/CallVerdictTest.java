package io.weathermesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CallVerdictTest {
    @ParameterizedTest
    @CsvSource({
        "OK, 10, true, GOOD",
        "NOT_FOUND, 10, true, GOOD",
        "INVALID_ARGUMENT, 10, true, GOOD",
        "UNIMPLEMENTED, 10, true, GOOD",
        "RESOURCE_EXHAUSTED, 10, true, GOOD",
        "UNAVAILABLE, 10, true, BAD",
        "INTERNAL, 10, true, BAD",
        "UNKNOWN, 10, true, BAD",
        "DATA_LOSS, 10, true, BAD",
        "DEADLINE_EXCEEDED, 1000, true, BAD",
        "UNAVAILABLE, 10, false, BAD",
        "CANCELLED, 199, true, NOTHING",
        "CANCELLED, 200, true, BAD",
        "CANCELLED, 3600000, false, NOTHING"
    })
    void onlyWhatTheTaskIsToBlameForCountsAgainstIt(
            Status.Code code, long ageMillis, boolean answeredOnce, CallVerdict verdict) {
        assertThat(CallVerdict.of(Status.fromCode(code), Duration.ofMillis(ageMillis), answeredOnce))
                .isEqualTo(verdict);
    }
}
