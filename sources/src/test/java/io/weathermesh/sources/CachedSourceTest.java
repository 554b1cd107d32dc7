package io.weathermesh.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class CachedSourceTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final GeoPoint VIENNA = new GeoPoint(48.25, 16.36, OptionalDouble.of(198));

    private final HandMovedTime time = new HandMovedTime(NOON);
    private final Climatology climatology = Climatology.embedded();
    private Instant expires = NOON.plus(Duration.ofMinutes(15));
    private Supplier<CompletionStage<Course>> answer = this::course;
    private int asked;

    private final CachedSource source = new CachedSource(
            new LiveSource() {
                @Override
                public CompletionStage<Course> fetch(GeoPoint place) {
                    asked++;
                    return answer.get();
                }

                @Override
                public SourceDescription description() {
                    return OpenMeteo.DESCRIPTION;
                }
            },
            time,
            () -> 0);

    private CompletionStage<Course> course() {
        return CompletableFuture.completedFuture(
                new Course(List.of(climatology.read(VIENNA, time.instant(), time.instant())), expires));
    }

    private CompletableFuture<Reading> read(GeoPoint point) {
        return source.read(point, time.instant()).toCompletableFuture();
    }

    @Test
    void aThrowFailsTheQuestionAndTheNextOneIsAskedAnew() {
        answer = () -> {
            throw new IllegalArgumentException("a defect");
        };
        assertThat(read(VIENNA)).isCompletedExceptionally();
        assertThat(read(VIENNA)).isCompletedExceptionally();

        answer = this::course;
        assertThat(read(VIENNA)).isCompleted();
        assertThat(asked).isEqualTo(3);
    }

    @Test
    void anOutageDrivesOutNothingThatIsKnown() {
        expires = NOON.plus(Duration.ofHours(1));
        read(VIENNA);

        answer = () -> CompletableFuture.failedFuture(new SourceFailedException("open-meteo", "answers 500"));
        for (int i = 0; i <= CachedSource.MAX_PLACES; i++) {
            assertThat(read(new GeoPoint(-i / 200.0, i / 100.0, OptionalDouble.empty())))
                    .isCompletedExceptionally();
        }

        assertThat(read(VIENNA)).isCompleted();
    }

    @Test
    void whoAsksWhileTheSourceIsAskedWaitsForTheSameAnswer() {
        CompletableFuture<Course> slow = new CompletableFuture<>();
        answer = () -> slow;
        CompletableFuture<Reading> first = read(VIENNA);
        CompletableFuture<Reading> second = read(VIENNA);
        assertThat(second).isNotDone();

        slow.completeExceptionally(new SourceFailedException("open-meteo", "answers 500"));

        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompletedExceptionally();
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void anAnswerLivesNoShorterThanAMinuteAndNoLongerThanSixHours() {
        expires = NOON.minusSeconds(5);
        assertThat(read(VIENNA).join().expireTime()).isEqualTo(NOON.plusSeconds(60));

        time.move(Duration.ofMinutes(1));
        expires = NOON.plus(Duration.ofDays(365));
        assertThat(read(VIENNA).join().expireTime()).isEqualTo(time.instant().plus(CachedSource.LONGEST_LIFE));
    }

    @Test
    void thatNothingIsHereIsRememberedForTenMinutes() {
        answer = () -> CompletableFuture.failedFuture(new NothingHereException("awc-metar", "has no station near"));
        read(VIENNA);
        time.move(Duration.ofMinutes(9));
        assertThat(read(VIENNA)).isCompletedExceptionally();
        assertThat(asked).isEqualTo(1);

        time.move(Duration.ofMinutes(1));
        read(VIENNA);
        assertThat(asked).isEqualTo(2);
    }
}
