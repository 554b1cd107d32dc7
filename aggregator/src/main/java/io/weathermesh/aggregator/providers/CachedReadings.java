package io.weathermesh.aggregator.providers;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.google.protobuf.Timestamp;
import io.weathermesh.aggregator.providers.CacheMeters.Result;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.weather.v1.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Remembers readings until they expire, as their provenance says. For a while longer they stand in for a provider that
 * cannot be had, and then they are {@link ProviderResult.Stale}, never as good as new. Only what a provider said is remembered,
 * never that it could not be had: the next one asks again.
 *
 * <p>A point is the same only if its coordinates and its elevation are: nothing is rounded. The instant is not a part of
 * the key, since all questions are about the present, for which a reading holds until it expires.
 */
public final class CachedReadings implements Readings {
    /** An hour later it may be quite other weather; before that, an old value that says so is worth more than none. */
    public static final Duration MAX_STALENESS = Duration.ofHours(1);

    /** A reading takes about a kilobyte, so those of two providers take 20 MB at most. */
    static final int MAX_READINGS = 10_000;

    private final Readings source;
    private final Clock clock;
    private final CacheMeters.OfProvider meters;
    private final Cache<Point, Reading> known;

    CachedReadings(Readings source, Clock clock, CacheMeters.OfProvider meters) {
        this.source = source;
        this.clock = clock;
        this.meters = meters;
        known = Caffeine.newBuilder()
                .maximumSize(MAX_READINGS)
                .expireAfter(Expiry.<Point, Reading>writing((point, value) -> uselessIn(value)))
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run) // What it tidies up is little, and a pool of its own would be more.
                .build();
        meters.sizeOf(known::estimatedSize);
    }

    @Override
    public CompletableFuture<ProviderResult<Reading>> at(Point point, Timestamp instant) {
        Reading value = known.getIfPresent(point);
        if (value != null && isFresh(value)) {
            meters.count(Result.FRESH);
            return CompletableFuture.completedFuture(new ProviderResult.Present<>(value));
        }
        return source.at(point, instant).thenApply(reading -> told(point, reading));
    }

    @Override
    public CompletableFuture<List<ProviderResult<Reading>>> atEach(List<Point> points, Timestamp instant) {
        // In one pass: what is known now may be forgotten by the time the rest is told.
        List<@Nullable Reading> values = new ArrayList<>();
        List<Point> unknown = new ArrayList<>();
        for (Point point : points) {
            Reading value = known.getIfPresent(point);
            boolean fresh = value != null && isFresh(value);
            values.add(fresh ? value : null);
            if (fresh) {
                meters.count(Result.FRESH);
            } else {
                unknown.add(point);
            }
        }
        CompletableFuture<List<ProviderResult<Reading>>> told =
                unknown.isEmpty() ? CompletableFuture.completedFuture(List.of()) : source.atEach(unknown, instant);
        return told.thenApply(readings -> merged(points, values, readings.iterator()));
    }

    private List<ProviderResult<Reading>> merged(
            List<Point> points, List<@Nullable Reading> values, Iterator<ProviderResult<Reading>> told) {
        List<ProviderResult<Reading>> readings = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            Reading value = values.get(i);
            readings.add(value == null ? told(points.get(i), told.next()) : new ProviderResult.Present<>(value));
        }
        return readings;
    }

    private ProviderResult<Reading> told(Point point, ProviderResult<Reading> reading) {
        if (reading instanceof ProviderResult.Present<Reading> present) {
            meters.count(Result.TOLD);
            known.put(point, present.value());
            return reading;
        }
        Reading old = known.getIfPresent(point);
        Problem reason = reading.problem().orElseThrow();
        if (old == null) {
            meters.count(Result.MISSING);
            return reading;
        }
        meters.count(Result.STALE);
        return new ProviderResult.Stale<>(
                old, reason.toBuilder().setEffect(Problem.Effect.EFFECT_STALE).build());
    }

    private boolean isFresh(Reading value) {
        return clock.instant().isBefore(value.expireTime());
    }

    private Duration uselessIn(Reading value) {
        Duration left = Duration.between(clock.instant(), value.expireTime()).plus(MAX_STALENESS);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
