package io.weathermesh.aggregator.providers;

import com.google.protobuf.Message;
import io.weathermesh.aggregator.cache.CacheMeters;
import io.weathermesh.aggregator.cache.MeteredCache;
import io.weathermesh.aggregator.cache.MeteredCache.Result;
import io.weathermesh.proto.common.v1.Point;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One provider's readings of one kind, until they expire. After that they can replace a missing value for a while, as stale
 * ones. Problems are not cached: the next request calls again. Requests for the same point share one call.
 *
 * <p>Points are the same only if their coordinates and elevations are equal. The instant is not part of the key: all
 * requests are for the present, for which a reading is valid until it expires.
 */
final class ReadingCache<M extends Message> {
    private final MeteredCache<Point, Reading<M>> cache;
    private final SingleFlight<Reading<M>> calls;
    private final Function<Reading<M>, Instant> uselessTime;
    private final Clock clock;

    /**
     * @param callDeadline the longest duration of a shared call
     * @param uselessTime when a reading can no longer replace a missing one
     */
    ReadingCache(
            String name,
            int maxReadings,
            String provider,
            Duration callDeadline,
            Function<Reading<M>, Instant> uselessTime,
            Clock clock,
            CacheMeters meters) {
        cache = MeteredCache.ofCalls(name + " of " + provider, maxReadings, meters);
        calls = new SingleFlight<>(provider, callDeadline, () -> cache.count(Result.SHARED));
        this.uselessTime = uselessTime;
        this.clock = clock;
    }

    /** The cached reading; null if there is none or it has expired. */
    @Nullable
    Reading<M> fresh(Point point) {
        Reading<M> reading = cache.get(point);
        boolean fresh = reading != null && clock.instant().isBefore(reading.expireTime());
        cache.count(fresh ? Result.HIT : Result.MISS);
        return fresh ? reading : null;
    }

    /** The result of a call for a point whose reading is not fresh. */
    CompletableFuture<ProviderResult<Reading<M>>> load(
            Point point, Supplier<CompletableFuture<ProviderResult<Reading<M>>>> call) {
        return calls.get(point, call).thenApply(result -> loaded(point, result));
    }

    /**
     * The readings at points, in order: those that are not fresh by one call. That call is not shared: another call in
     * flight for one of its points is rare, and a batch that waited for those would be as slow as the slowest.
     */
    CompletableFuture<List<ProviderResult<Reading<M>>>> each(
            List<Point> points, Function<List<Point>, CompletableFuture<List<ProviderResult<Reading<M>>>>> call) {
        // In one pass: a reading that is fresh now may have expired when the call ends.
        List<@Nullable Reading<M>> fresh = new ArrayList<>();
        List<Point> missing = new ArrayList<>();
        for (Point point : points) {
            Reading<M> reading = fresh(point);
            fresh.add(reading);
            if (reading == null) {
                missing.add(point);
            }
        }
        CompletableFuture<List<ProviderResult<Reading<M>>>> loaded =
                missing.isEmpty() ? CompletableFuture.completedFuture(List.of()) : call.apply(missing);
        return loaded.thenApply(results -> merge(points, fresh, results.iterator()));
    }

    private List<ProviderResult<Reading<M>>> merge(
            List<Point> points, List<@Nullable Reading<M>> fresh, Iterator<ProviderResult<Reading<M>>> loaded) {
        List<ProviderResult<Reading<M>>> results = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            Reading<M> reading = fresh.get(i);
            results.add(reading == null ? loaded(points.get(i), loaded.next()) : ProviderResult.present(reading));
        }
        return results;
    }

    private ProviderResult<Reading<M>> loaded(Point point, ProviderResult<Reading<M>> result) {
        Reading<M> reading = result.value();
        if (reading != null) {
            cache.put(point, reading);
            return result;
        }
        Reading<M> old = cache.get(point);
        if (old == null || result.problem() == null || !clock.instant().isBefore(uselessTime.apply(old))) {
            cache.count(Result.UNAVAILABLE);
            return result;
        }
        cache.count(Result.STALE);
        return ProviderResult.stale(old, result.problem());
    }
}
