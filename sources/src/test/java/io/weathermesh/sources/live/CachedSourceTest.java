package io.weathermesh.sources.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.weathermesh.sources.GeoPoint;
import io.weathermesh.sources.ManualTime;
import io.weathermesh.sources.Reading;
import io.weathermesh.sources.SourceDescription;
import io.weathermesh.sources.SourceFailedException;
import io.weathermesh.sources.climatology.Climatology;
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

    private final ManualTime time = new ManualTime(NOON);
    private final Climatology climatology = Climatology.embedded(time);
    private Instant expireTime = NOON.plus(Duration.ofMinutes(15));
    private Supplier<CompletionStage<ReadingSeries>> response = this::series;
    private int calls;

    private final CachedSource source = new CachedSource(
            new LiveSource() {
                @Override
                public CompletionStage<ReadingSeries> fetch(GeoPoint point) {
                    calls++;
                    return response.get();
                }

                @Override
                public SourceDescription description() {
                    return OpenMeteo.DESCRIPTION;
                }
            },
            time,
            () -> 0);

    private CompletionStage<ReadingSeries> series() {
        return CompletableFuture.completedFuture(
                new ReadingSeries(List.of(climatology.usual(VIENNA, time.instant(), time.instant())), expireTime));
    }

    private CompletableFuture<Reading> read(GeoPoint point) {
        return source.read(point, time.instant()).toCompletableFuture();
    }

    @Test
    void anExceptionFailsTheReadAndTheNextReadCallsAgain() {
        response = () -> {
            throw new IllegalArgumentException("a bug");
        };
        assertThat(read(VIENNA)).isCompletedExceptionally();
        assertThat(read(VIENNA)).isCompletedExceptionally();

        response = this::series;
        assertThat(read(VIENNA)).isCompleted();
        assertThat(calls).isEqualTo(3);
    }

    @Test
    void anOutageEvictsNothing() {
        expireTime = NOON.plus(Duration.ofHours(1));
        read(VIENNA);

        response = () -> CompletableFuture.failedFuture(new SourceFailedException("open-meteo", "returned HTTP 500"));
        for (int i = 0; i <= CachedSource.MAX_PLACES; i++) {
            assertThat(read(new GeoPoint(-i / 200.0, i / 100.0, OptionalDouble.empty())))
                    .isCompletedExceptionally();
        }

        assertThat(read(VIENNA)).isCompleted();
    }

    @Test
    void concurrentReadsOfAPlaceShareOneCall() {
        CompletableFuture<ReadingSeries> slow = new CompletableFuture<>();
        response = () -> slow;
        CompletableFuture<Reading> first = read(VIENNA);
        CompletableFuture<Reading> second = read(VIENNA);
        assertThat(second).isNotDone();

        slow.completeExceptionally(new SourceFailedException("open-meteo", "returned HTTP 500"));

        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompletedExceptionally();
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void theTtlIsBetweenAMinuteAndSixHours() {
        expireTime = NOON.minusSeconds(5);
        assertThat(read(VIENNA).join().expireTime()).isEqualTo(NOON.plusSeconds(60));

        time.move(Duration.ofMinutes(1));
        expireTime = NOON.plus(Duration.ofDays(365));
        assertThat(read(VIENNA).join().expireTime()).isEqualTo(time.instant().plus(CachedSource.MAX_TTL));
    }

    @Test
    void theAbsenceOfDataIsCachedForTenMinutes() {
        response = () -> CompletableFuture.failedFuture(new NoDataException("awc-metar", "has no station nearby"));
        read(VIENNA);
        time.move(Duration.ofMinutes(9));
        assertThat(read(VIENNA)).isCompletedExceptionally();
        assertThat(calls).isEqualTo(1);

        time.move(Duration.ofMinutes(1));
        read(VIENNA);
        assertThat(calls).isEqualTo(2);
    }
}
