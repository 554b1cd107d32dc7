package io.weathermesh.aggregator.rest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.weathermesh.aggregator.providers.CacheMeters;
import io.weathermesh.aggregator.providers.KeptMeters;
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

    private final @Nullable Entries entries; // null: nothing is kept
    private final Clock clock;

    private record Entries(Cache<String, CachedResponse> responses, KeptMeters meters) {}

    private ResponseCache(@Nullable Entries entries, Clock clock) {
        this.entries = entries;
        this.clock = clock;
    }

    /** Keeps nothing. */
    public static ResponseCache none(Clock clock) {
        return new ResponseCache(null, clock);
    }

    /** @param clock the clock by which responses expire */
    public static ResponseCache create(Clock clock, CacheMeters meters) {
        Cache<String, CachedResponse> responses = Caffeine.newBuilder()
                .maximumWeight(MAX_BYTES)
                .weigher((String target, CachedResponse response) ->
                        response.bytes() + 2 * target.length() + FURTHER_BYTES)
                .executor(Runnable::run)
                .build();
        KeptMeters counts = meters.kept("rendered answers", "bytes", MAX_BYTES);
        counts.sizeOf(() -> weight(responses));
        return new ResponseCache(new Entries(responses, counts), clock);
    }

    private static long weight(Cache<String, CachedResponse> responses) {
        return responses
                .policy()
                .eviction()
                .flatMap(bound -> bound.weightedSize().stream().boxed().findFirst())
                .orElse(0L);
    }

    /** The response to a target, or null if there is none that is fresh. */
    @Nullable
    CachedResponse get(String target) {
        if (entries == null) {
            return null;
        }
        CachedResponse response = entries.responses().getIfPresent(target);
        if (response == null || !response.isFresh(clock.instant())) {
            entries.meters().missed();
            return null;
        }
        entries.meters().hit();
        return response;
    }

    void put(String target, CachedResponse response) {
        if (entries != null && response.isFresh(clock.instant())) {
            entries.responses().put(target, response);
        }
    }
}
