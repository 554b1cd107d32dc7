package io.weathermesh.aggregator.providers;

import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.weathermesh.aggregator.cache.CacheMeters;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.common.v1.Source;
import io.weathermesh.proto.weather.v1.Climate;
import io.weathermesh.proto.weather.v1.Weather;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A provider behind caches of its readings and climates. Streams and sources are not cached. */
final class CachedProvider implements Provider {
    /** A reading takes about a kilobyte: 20 MB for two providers. */
    private static final int MAX_READINGS = 10_000;

    /** Twelve months and their provenance take 3 KB: 12 MB for two providers. */
    private static final int MAX_CLIMATES = 2_000;

    private final Provider provider;
    private final ReadingCache<Weather> readings;
    private final @Nullable ReadingCache<Climate> climates; // null if the provider has no climates

    /** @param callDeadline the longest duration of a call that several requests share */
    CachedProvider(Provider provider, Duration callDeadline, Clock clock, CacheMeters meters) {
        this.provider = provider;
        readings = new ReadingCache<>(
                "readings", MAX_READINGS, provider.name(), callDeadline, Reading::uselessTime, clock, meters);
        // A stale climate is of no use: a chart can wait for the provider.
        climates = provider.hasClimates()
                ? new ReadingCache<>(
                        "climates", MAX_CLIMATES, provider.name(), callDeadline, Reading::expireTime, clock, meters)
                : null;
    }

    @Override
    public String name() {
        return provider.name();
    }

    @Override
    public CompletableFuture<ProviderResult<Reading<Weather>>> lookup(Point point, Timestamp instant) {
        Reading<Weather> fresh = readings.fresh(point);
        return fresh == null
                ? readings.load(point, () -> provider.lookup(point, instant))
                : CompletableFuture.completedFuture(ProviderResult.present(fresh));
    }

    @Override
    public CompletableFuture<List<ProviderResult<Reading<Weather>>>> lookupEach(List<Point> points, Timestamp instant) {
        return readings.each(points, missing -> provider.lookupEach(missing, instant));
    }

    @Override
    public void watch(Point point, Consumer<ProviderResult<Reading<Weather>>> onReading, Consumer<Status> onEnd) {
        provider.watch(point, onReading, onEnd);
    }

    @Override
    public boolean hasClimates() {
        return provider.hasClimates();
    }

    @Override
    public CompletableFuture<ProviderResult<Reading<Climate>>> climate(Point point) {
        if (climates == null) {
            return provider.climate(point);
        }
        Reading<Climate> fresh = climates.fresh(point);
        return fresh == null
                ? climates.load(point, () -> provider.climate(point))
                : CompletableFuture.completedFuture(ProviderResult.present(fresh));
    }

    @Override
    public CompletableFuture<ProviderResult<List<Source>>> sources() {
        return provider.sources();
    }
}
