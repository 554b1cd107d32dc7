package io.weathermesh.sources;

import static org.assertj.core.api.Assertions.assertThat;

import io.weathermesh.proto.common.v1.Source;
import java.time.Duration;
import java.time.Instant;
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

    private final HandMovedTime time = new HandMovedTime(NOON);
    private final Scripted source = new Scripted();
    private final CircuitBreaker breaker = new CircuitBreaker(source, time);

    /** Answers from the climatology, or fails as the test says. */
    private static final class Scripted implements LiveSource {
        private final Climatology climatology = Climatology.embedded();

        @Nullable
        RuntimeException failure;

        @Nullable
        RuntimeException thrown;

        int asked;

        @Override
        public CompletionStage<Course> fetch(GeoPoint place) {
            asked++;
            if (thrown != null) {
                throw thrown;
            }
            return failure == null
                    ? CompletableFuture.completedFuture(
                            new Course(List.of(climatology.read(place, NOON, NOON)), NOON.plusSeconds(900)))
                    : CompletableFuture.failedFuture(failure);
        }

        @Override
        public SourceDescription description() {
            return OpenMeteo.DESCRIPTION;
        }
    }

    private boolean answers() {
        return breaker.fetch(VIENNA)
                .handle((course, failure) -> failure == null)
                .toCompletableFuture()
                .join();
    }

    private void hasAnswered() {
        assertThat(answers()).isTrue();
        source.asked = 0;
    }

    private void fails(int times) {
        source.failure = new SourceFailedException("open-meteo", "answers 500");
        for (int i = 0; i < times; i++) {
            assertThat(answers()).isFalse();
        }
    }

    @Test
    void leavesAloneAtOnceWhatHasNeverAnswered() {
        fails(1);

        assertThat(breaker.state()).isEqualTo(Source.State.STATE_FAILING);
        fails(5);
        assertThat(source.asked).isEqualTo(1);
    }

    @Test
    void aThrowIsAFailureLikeAnyOtherAndTheNextTryIsMade() {
        source.thrown = new IllegalStateException("a defect");
        assertThat(answers()).isFalse();
        for (int i = 0; i < 2; i++) {
            time.move(CircuitBreaker.LONGEST_REST);
            assertThat(answers()).isFalse();
        }
        assertThat(source.asked).isEqualTo(3);

        source.thrown = null;
        time.move(CircuitBreaker.LONGEST_REST);
        assertThat(answers()).isFalse();
        assertThat(answers()).isTrue();
    }

    @Test
    void aSpentQuotaIsNoFailure() {
        source.failure = new QuotaSpentException("open-meteo");
        for (int i = 0; i < 10; i++) {
            assertThat(answers()).isFalse();
        }

        assertThat(source.asked).isEqualTo(10);
        assertThat(breaker.state()).isEqualTo(Source.State.STATE_SERVING);
    }

    @Test
    void asksOnAfterAFailureOrTwo() {
        hasAnswered();
        fails(CircuitBreaker.FAILURES - 1);
        source.failure = null;

        assertThat(answers()).isTrue();
        assertThat(breaker.state()).isEqualTo(Source.State.STATE_SERVING);
    }

    @Test
    void leavesAloneWhatFailsAndTriesItWithoutMakingAnybodyWait() {
        hasAnswered();
        fails(CircuitBreaker.FAILURES);
        source.failure = null;
        assertThat(answers()).isFalse();
        assertThat(source.asked).isEqualTo(CircuitBreaker.FAILURES);

        time.move(CircuitBreaker.FIRST_REST);
        assertThat(answers()).isFalse();
        assertThat(source.asked).isEqualTo(CircuitBreaker.FAILURES + 1);

        assertThat(breaker.state()).isEqualTo(Source.State.STATE_SERVING);
        assertThat(answers()).isTrue();
    }

    @Test
    void restsLongerAfterEachTryThatFails() {
        hasAnswered();
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

        assertThat(breaker.state()).isEqualTo(Source.State.STATE_SERVING);
    }
}
