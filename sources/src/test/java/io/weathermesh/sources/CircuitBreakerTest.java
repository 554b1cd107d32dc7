package io.weathermesh.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CircuitBreakerTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final GeoPoint VIENNA = new GeoPoint(48.25, 16.36, OptionalDouble.of(198));

    private final HandMovedTime time = new HandMovedTime(NOON);
    private final Scripted source = new Scripted();
    private final CircuitBreaker breaker = new CircuitBreaker(source, time);

    /** Answers from the climatology, or fails as the test says. */
    private static final class Scripted implements ReadingSource {
        private final Climatology climatology = Climatology.embedded();

        @Nullable
        RuntimeException failure;

        int asked;

        @Override
        public CompletionStage<Reading> read(GeoPoint point, Instant instant) {
            asked++;
            return failure == null
                    ? CompletableFuture.completedFuture(climatology.read(point, instant, instant))
                    : CompletableFuture.failedFuture(failure);
        }

        @Override
        public SourceDescription description() {
            return OpenMeteo.DESCRIPTION;
        }

        @Override
        public boolean isServing() {
            return true;
        }
    }

    private boolean answers() {
        return breaker.read(VIENNA, NOON)
                .handle((reading, failure) -> failure == null)
                .toCompletableFuture()
                .join();
    }

    private void fails(int times) {
        source.failure = new SourceFailedException("open-meteo", "answers 500");
        for (int i = 0; i < times; i++) {
            assertThat(answers()).isFalse();
        }
    }

    @Test
    void asksOnAfterAFailureOrTwo() {
        fails(CircuitBreaker.FAILURES - 1);
        source.failure = null;

        assertThat(answers()).isTrue();
        assertThat(breaker.isServing()).isTrue();
    }

    @Test
    void leavesAloneWhatFailsAndTriesItWithoutMakingAnybodyWait() {
        fails(CircuitBreaker.FAILURES);
        source.failure = null;
        assertThat(answers()).isFalse();
        assertThat(source.asked).isEqualTo(CircuitBreaker.FAILURES);

        time.move(CircuitBreaker.FIRST_REST);
        assertThat(answers()).isFalse();
        assertThat(source.asked).isEqualTo(CircuitBreaker.FAILURES + 1);

        assertThat(breaker.isServing()).isTrue();
        assertThat(answers()).isTrue();
    }

    @Test
    void restsLongerAfterEachTryThatFails() {
        fails(CircuitBreaker.FAILURES);

        time.move(CircuitBreaker.FIRST_REST);
        fails(1);
        time.move(CircuitBreaker.FIRST_REST);
        fails(1);
        assertThat(source.asked).isEqualTo(CircuitBreaker.FAILURES + 1);

        time.move(CircuitBreaker.FIRST_REST);
        fails(1);
        assertThat(source.asked).isEqualTo(CircuitBreaker.FAILURES + 2);
    }

    @Test
    void restsAtOnceAndUntilThenWhereTheSourceSaysUntilWhen() {
        source.failure = new SourceFailedException(
                "open-meteo", "asks to be left alone", Optional.of(NOON.plus(Duration.ofHours(1))));
        assertThat(answers()).isFalse();
        source.failure = null;

        time.move(Duration.ofMinutes(59));
        assertThat(answers()).isFalse();
        assertThat(source.asked).isEqualTo(1);

        time.move(Duration.ofMinutes(1));
        assertThat(answers()).isFalse();
        assertThat(answers()).isTrue();
    }

    @Test
    void thatASourceKnowsNothingOfAPlaceIsNoFailure() {
        source.failure = new NothingHereException("awc-metar", "has no station near");
        for (int i = 0; i < 10; i++) {
            assertThat(answers()).isFalse();
        }

        assertThat(breaker.isServing()).isTrue();
    }
}
