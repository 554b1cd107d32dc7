package io.weathermesh.aggregator.rest;

import io.weathermesh.aggregator.cache.CacheMeters;
import io.weathermesh.aggregator.cache.MeteredCache;
import io.weathermesh.aggregator.cache.MeteredCache.Result;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Rendered responses until they expire: the same target gets the same bytes, without a look-up. It keeps nothing that an
 * outer cache may not keep. Thread-safe.
 *
 * <p>The key is the whole target as the client sent it, so no part that changes the response is left out.
 */
public final class ResponseCache {
    /** About 3,500 responses with everything that they refer to. */
    private static final long MAX_BYTES = 16 * 1024 * 1024;

    /** The size of a response without its body and its target. */
    private static final int FURTHER_BYTES = 512;

    private final @Nullable MeteredCache<String, CachedResponse> cache; // null without a cache
    private final Clock clock;

    private ResponseCache(@Nullable MeteredCache<String, CachedResponse> cache, Clock clock) {
        this.cache = cache;
        this.clock = clock;
    }

    /** Keeps nothing. */
    public static ResponseCache none(Clock clock) {
        return new ResponseCache(null, clock);
    }

    /** @param clock the clock by which responses expire */
    public static ResponseCache create(Clock clock, CacheMeters meters) {
        return new ResponseCache(
                MeteredCache.ofBytes(
                        "rendered responses",
                        MAX_BYTES,
                        (String target, CachedResponse response) ->
                                response.bytes() + 2 * target.length() + FURTHER_BYTES,
                        meters),
                clock);
    }

    /** The response to a target, or null if there is none that is fresh. */
    @Nullable
    CachedResponse get(String target) {
        if (cache == null) {
            return null;
        }
        CachedResponse response = cache.get(target);
        if (response == null || !response.isFresh(clock.instant())) {
            cache.count(Result.MISS);
            return null;
        }
        cache.count(Result.HIT);
        return response;
    }

    void put(String target, CachedResponse response) {
        if (cache != null && response.isFresh(clock.instant())) {
            cache.put(target, response);
        }
    }
}
