package io.weathermesh.sources.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.weathermesh.proto.common.v1.Source;
import io.weathermesh.sources.GeoPoint;
import io.weathermesh.sources.ManualTime;
import io.weathermesh.sources.SourceDescription;
import io.weathermesh.sources.SourceFailedException;
import io.weathermesh.sources.climatology.Climatology;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CircuitBreakerTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final GeoPoint VIENNA = new GeoPoint(48.25, 16.36, OptionalDouble.of(198));

    private final ManualTime time = new ManualTime(NOON);
    private final Scripted source = new Scripted();
    private final CircuitBreaker breaker = new CircuitBreaker(source, time);

    /** Responds from the climatology, or fails as the test sets it. */
    private static final class Scripted implements LiveSource {
        private final Climatology climatology = Climatology.embedded(Clock.fixed(NOON, ZoneOffset.UTC));

        @Nullable
        RuntimeException failure;

        @Nullable
        RuntimeException thrown;

        int calls;

        @Override
        public CompletionStage<ReadingSeries> fetch(GeoPoint point) {
            calls++;
            if (thrown != null) {
                throw thrown;
            }
            return failure == null
                    ? CompletableFuture.completedFuture(
                            new ReadingSeries(List.of(climatology.usual(point, NOON, NOON)), NOON.plusSeconds(900)))
                    : CompletableFuture.failedFuture(failure);
        }

        @Override
        public SourceDescription description() {
            return OpenMeteo.DESCRIPTION;
        }
    }

    private boolean succeeds() {
        return breaker.fetch(VIENNA)
                .handle((course, failure) -> failure == null)
                .toCompletableFuture()
                .join();
    }

    private void succeedOnce() {
        assertThat(succeeds()).isTrue();
        source.calls = 0;
    }

    private void fail(int times) {
        source.failure = new SourceFailedException("open-meteo", "returned HTTP 500");
        for (int i = 0; i < times; i++) {
            assertThat(succeeds()).isFalse();
        }
    }

    @Test
    void theCircuitOpensAtOnceForASourceThatNeverResponded() {
        fail(1);

        assertThat(breaker.state()).isEqualTo(Source.State.STATE_FAILING);
        fail(5);
        assertThat(source.calls).isEqualTo(1);
    }

    @Test
    void anExceptionCountsAsAFailureAndProbesContinue() {
        source.thrown = new IllegalStateException("a bug");
        assertThat(succeeds()).isFalse();
        for (int i = 0; i < 2; i++) {
            time.move(CircuitBreaker.MAX_OPEN_TIME);
            assertThat(succeeds()).isFalse();
        }
        assertThat(source.calls).isEqualTo(3);

        source.thrown = null;
        time.move(CircuitBreaker.MAX_OPEN_TIME);
        assertThat(succeeds()).isFalse();
        assertThat(succeeds()).isTrue();
    }

    @Test
    void aUsedUpQuotaIsNotAFailure() {
        source.failure = new QuotaExceededException("open-meteo");
        for (int i = 0; i < 10; i++) {
            assertThat(succeeds()).isFalse();
        }

        assertThat(source.calls).isEqualTo(10);
        assertThat(breaker.state()).isEqualTo(Source.State.STATE_SERVING);
    }

    @Test
    void theCircuitStaysClosedBelowTheFailureLimit() {
        succeedOnce();
        fail(CircuitBreaker.MAX_FAILURES - 1);
        source.failure = null;

        assertThat(succeeds()).isTrue();
        assertThat(breaker.state()).isEqualTo(Source.State.STATE_SERVING);
    }

    @Test
    void anOpenCircuitIsProbedWithoutMakingACallerWait() {
        succeedOnce();
        fail(CircuitBreaker.MAX_FAILURES);
        source.failure = null;
        assertThat(succeeds()).isFalse();
        assertThat(source.calls).isEqualTo(CircuitBreaker.MAX_FAILURES);

        time.move(CircuitBreaker.MIN_OPEN_TIME);
        assertThat(succeeds()).isFalse();
        assertThat(source.calls).isEqualTo(CircuitBreaker.MAX_FAILURES + 1);

        assertThat(breaker.state()).isEqualTo(Source.State.STATE_SERVING);
        assertThat(succeeds()).isTrue();
    }

    @Test
    void theOpenTimeDoublesAfterEachFailedProbe() {
        succeedOnce();
        fail(CircuitBreaker.MAX_FAILURES);

        time.move(CircuitBreaker.MIN_OPEN_TIME);
        fail(1);
        time.move(CircuitBreaker.MIN_OPEN_TIME);
        fail(1);
        assertThat(source.calls).isEqualTo(CircuitBreaker.MAX_FAILURES + 1);

        time.move(CircuitBreaker.MIN_OPEN_TIME);
        fail(1);
        assertThat(source.calls).isEqualTo(CircuitBreaker.MAX_FAILURES + 2);
    }

    @Test
    void theCircuitStaysOpenUntilTheInstantThatTheSourceNames() {
        source.failure = new SourceFailedException(
                "open-meteo", "throttles its callers", Optional.of(NOON.plus(Duration.ofHours(1))));
        assertThat(succeeds()).isFalse();
        source.failure = null;

        time.move(Duration.ofMinutes(59));
        assertThat(succeeds()).isFalse();
        assertThat(source.calls).isEqualTo(1);

        time.move(Duration.ofMinutes(1));
        assertThat(succeeds()).isFalse();
        assertThat(succeeds()).isTrue();
    }

    @Test
    void theAbsenceOfDataIsNotAFailure() {
        source.failure = new NoDataException("awc-metar", "has no station nearby");
        for (int i = 0; i < 10; i++) {
            assertThat(succeeds()).isFalse();
        }

        assertThat(breaker.state()).isEqualTo(Source.State.STATE_SERVING);
    }
}
