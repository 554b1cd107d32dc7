package io.weathermesh.aggregator.providers;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.weathermesh.proto.common.v1.Point;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Remembers usual years until they expire, as their provenance says, and asks once for what several want to know at the
 * same time. Only what a provider said is remembered, never that it could not be had. An old year does not stand in for a
 * missing provider: who draws it can wait better than who wants to know whether it is cold.
 */
final class RememberedYears implements Years {
    /** Twelve months and their provenance take 3 KB, so the years of two providers take 12 MB at most. */
    static final int MAX_YEARS = 2_000;

    private final Years source;
    private final Clock clock;
    private final KeptMeters meters;
    private final SingleFlight<Year> shared;
    private final Cache<Point, Year> known;

    /**
     * @param provider whose years they are
     * @param shared where calls are made that several wait for
     */
    RememberedYears(String provider, Years source, SingleFlight<Year> shared, Clock clock, CacheMeters meters) {
        this.source = source;
        this.clock = clock;
        this.shared = shared;
        this.meters = meters.kept("years of " + provider, "years", MAX_YEARS);
        known = Caffeine.newBuilder()
                .maximumSize(MAX_YEARS)
                .expireAfter(Expiry.<Point, Year>writing((point, year) -> left(year)))
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run) // What it tidies up is little, and a pool of its own would be more.
                .build();
        this.meters.sizeOf(known::estimatedSize);
    }

    @Override
    public CompletableFuture<ProviderResult<Year>> at(Point point) {
        Year year = known.getIfPresent(point);
        if (year != null) {
            meters.hit();
            return CompletableFuture.completedFuture(new ProviderResult.Present<>(year));
        }
        meters.missed();
        return shared.ask(point, () -> source.at(point)).thenApply(told -> {
            if (told instanceof ProviderResult.Present<Year> present) {
                known.put(point, present.value());
            }
            return told;
        });
    }

    private Duration left(Year year) {
        Duration left = Duration.between(clock.instant(), year.expireTime());
        return left.isNegative() ? Duration.ZERO : left;
    }
}
