package io.weathermesh.aggregator.rest;

import io.weathermesh.aggregator.cache.CacheMeters;
import io.weathermesh.aggregator.cache.MeteredCache;
import io.weathermesh.aggregator.cache.MeteredCache.Result;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Answers as they were written down, until they expire: what was asked in the same words gets the same bytes, without
 * being read, looked up or written again. Nothing is kept that a cache outside would not be allowed to keep.
 *
 * <p>The key is the whole target as it came, so nothing that could change an answer is left out.
 */
public final class RenderedAnswers {
    /** Some 3,500 answers with all that hangs on them. */
    private static final long MAX_BYTES = 16 * 1024 * 1024;

    /** What an answer takes beside its JSON form. */
    private static final int FURTHER_BYTES = 512;

    private final @Nullable MeteredCache<String, CachedForm> cache; // null without a cache
    private final Clock clock;

    private RenderedAnswers(@Nullable MeteredCache<String, CachedForm> cache, Clock clock) {
        this.cache = cache;
        this.clock = clock;
    }

    /** Caches nothing, so that every response is composed and rendered again. */
    public static RenderedAnswers none(Clock clock) {
        return new RenderedAnswers(null, clock);
    }

    /** Caches responses until they expire by this clock. */
    public static RenderedAnswers cached(Clock clock, CacheMeters meters) {
        return new RenderedAnswers(
                MeteredCache.ofBytes(
                        "rendered responses",
                        MAX_BYTES,
                        (String target, CachedForm form) -> form.bytes() + 2 * target.length() + FURTHER_BYTES,
                        meters),
                clock);
    }

    /** The response to a target; null if there is none that has not expired. */
    @Nullable
    CachedForm get(String target) {
        if (cache == null) {
            return null;
        }
        CachedForm form = cache.get(target);
        if (form == null || !form.isFresh(clock.instant())) {
            cache.count(Result.MISS);
            return null;
        }
        cache.count(Result.HIT);
        return form;
    }

    void keep(String target, CachedForm form) {
        if (cache != null && form.isFresh(clock.instant())) {
            cache.put(target, form);
        }
    }
}
