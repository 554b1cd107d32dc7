package io.weathermesh.aggregator.weather;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.weathermesh.aggregator.places.PlaceQuery;
import io.weathermesh.aggregator.places.Resolution;
import io.weathermesh.aggregator.providers.CacheMeters;
import io.weathermesh.aggregator.providers.KeptMeters;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Remembers for a short while what nothing is called, with the names that are spelled nearly so: to look for those takes a
 * hundred times as long as to find a place, and who asks for a name that does not exist often asks again.
 */
final class UnknownPlaces implements Function<PlaceQuery, Resolution> {
    /** Places are the same as long as the process lives, so an answer is never too old: this is to make room. */
    static final Duration LIFE = Duration.ofMinutes(1);

    /** Ten suggestions and the longest text take 4 KB, so all take 8 MB at most. */
    static final int MAX_NAMES = 2_000;

    private final Function<PlaceQuery, Resolution> source;
    private final Cache<PlaceQuery, Resolution.NotFound> unknown;
    private final KeptMeters meters;

    UnknownPlaces(Function<PlaceQuery, Resolution> source, Clock clock, CacheMeters meters) {
        this.source = source;
        this.meters = meters.kept("unknown places", "names", MAX_NAMES);
        unknown = Caffeine.newBuilder()
                .maximumSize(MAX_NAMES)
                .expireAfterWrite(LIFE)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run) // What it tidies up is little, and a pool of its own would be more.
                .build();
        this.meters.sizeOf(unknown::estimatedSize);
    }

    @Override
    public Resolution apply(PlaceQuery query) {
        Resolution.NotFound known = unknown.getIfPresent(query);
        if (known != null) {
            meters.hit();
            return known;
        }
        Resolution resolution = source.apply(query);
        if (resolution instanceof Resolution.NotFound nothing) {
            meters.missed();
            unknown.put(query, nothing);
        }
        return resolution;
    }
}
