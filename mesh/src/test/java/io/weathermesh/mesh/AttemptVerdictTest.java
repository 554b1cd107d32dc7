package io.weathermesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AttemptVerdictTest {
    private static final AttemptVerdict.Cancelled WAS_NOT_CANCELLED =
            new AttemptVerdict.Cancelled(Duration.ofHours(1), true, true, true, true);

    @ParameterizedTest
    @CsvSource({
        "OK, GOOD",
        "NOT_FOUND, GOOD",
        "INVALID_ARGUMENT, GOOD",
        "UNIMPLEMENTED, GOOD",
        "RESOURCE_EXHAUSTED, GOOD",
        "UNAVAILABLE, BAD",
        "INTERNAL, BAD",
        "UNKNOWN, BAD",
        "DATA_LOSS, BAD",
        "DEADLINE_EXCEEDED, BAD"
    })
    void onlyFailuresOfTheTaskCountAgainstIt(Status.Code code, AttemptVerdict verdict) {
        assertThat(AttemptVerdict.of(Status.fromCode(code), () -> WAS_NOT_CANCELLED))
                .isEqualTo(verdict);
    }

    @ParameterizedTest(name = "after {0} ms, out of time {1}, alone {2}, somebody answered {3}: {4}")
    @CsvSource({
        "199, false, false, true, IGNORE",
        "200, false, false, true, BAD",
        "1000, true, false, false, IGNORE", // Two tasks were called and neither responded.
        "800, true, false, false, IGNORE",
        "1000, true, true, false, BAD",
        "50, true, true, false, BAD", // The caller's deadline is shorter than the hedging delay.
        "50, false, true, false, IGNORE", // The caller went away.
        "250, false, true, false, BAD"
    })
    void silenceCountsAgainstATaskIfAnotherRespondedOrNoOtherWasCalled(
            long ageMillis, boolean outOfTime, boolean alone, boolean answered, AttemptVerdict verdict) {
        AttemptVerdict.Cancelled attempt =
                new AttemptVerdict.Cancelled(Duration.ofMillis(ageMillis), true, outOfTime, alone, answered);

        assertThat(AttemptVerdict.of(Status.CANCELLED, () -> attempt)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void aStreamThatItsClientEndsIsIgnored(boolean answered) {
        AttemptVerdict.Cancelled attempt =
                new AttemptVerdict.Cancelled(Duration.ofHours(1), false, true, true, answered);

        assertThat(AttemptVerdict.of(Status.CANCELLED, () -> attempt)).isEqualTo(AttemptVerdict.IGNORE);
    }
}
