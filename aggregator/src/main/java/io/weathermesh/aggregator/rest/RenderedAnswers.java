package io.weathermesh.aggregator.rest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.weathermesh.aggregator.providers.CacheMeters;
import io.weathermesh.aggregator.providers.KeptMeters;
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

    private final @Nullable Memory memory; // null: nothing is kept
    private final Clock clock;

    private record Memory(Cache<String, CachedForm> answers, KeptMeters meters) {}

    private RenderedAnswers(@Nullable Memory memory, Clock clock) {
        this.memory = memory;
        this.clock = clock;
    }

    /** Keeps none, so that every answer is asked for and written down anew. */
    public static RenderedAnswers none(Clock clock) {
        return new RenderedAnswers(null, clock);
    }

    /** Keeps them until they expire by this clock. */
    public static RenderedAnswers until(Clock clock, CacheMeters meters) {
        Cache<String, CachedForm> answers = Caffeine.newBuilder()
                .maximumWeight(MAX_BYTES)
                .weigher((String target, CachedForm form) -> form.bytes() + 2 * target.length() + FURTHER_BYTES)
                .executor(Runnable::run)
                .build();
        KeptMeters counts = meters.kept("rendered answers", "bytes", MAX_BYTES);
        counts.sizeOf(() -> weight(answers));
        return new RenderedAnswers(new Memory(answers, counts), clock);
    }

    private static long weight(Cache<String, CachedForm> answers) {
        return answers.policy()
                .eviction()
                .flatMap(bound -> bound.weightedSize().stream().boxed().findFirst())
                .orElse(0L);
    }

    /** The answer to a target, if there is one that has not expired. */
    @Nullable
    CachedForm get(String target) {
        if (memory == null) {
            return null;
        }
        CachedForm form = memory.answers().getIfPresent(target);
        if (form == null || !form.isFresh(clock.instant())) {
            memory.meters().missed();
            return null;
        }
        memory.meters().hit();
        return form;
    }

    void keep(String target, CachedForm form) {
        if (memory != null && form.isFresh(clock.instant())) {
            memory.answers().put(target, form);
        }
    }
}
