package io.weathermesh.aggregator.rest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Answers as they were written down, until they expire: what was asked in the same words gets the same bytes, without
 * being read, looked up or written again. Nothing is kept that a cache outside would not be allowed to keep.
 *
 * <p>The key is the whole target as it came, so nothing that could change an answer is left out.
 */
public final class RenderedAnswers {
    /** Some 2,000 answers with all that hangs on them. */
    private static final long MAX_BYTES = 16 * 1024 * 1024;

    /** The message that was rendered takes about as much again as its JSON form, and the rest about this. */
    private static final int FURTHER_BYTES = 512;

    private final @Nullable Cache<String, CachedForm> answers; // null: nothing is kept
    private final Clock clock;
    private final Runnable onHit;

    private RenderedAnswers(@Nullable Cache<String, CachedForm> answers, Clock clock, Runnable onHit) {
        this.answers = answers;
        this.clock = clock;
        this.onHit = onHit;
    }

    /** Keeps none, so that every answer is asked for and written down anew. */
    public static RenderedAnswers none(Clock clock) {
        return new RenderedAnswers(null, clock, () -> {});
    }

    /** Keeps them until they expire by this clock. */
    public static RenderedAnswers until(Clock clock, MeterRegistry meters) {
        Cache<String, CachedForm> answers = Caffeine.newBuilder()
                .maximumWeight(MAX_BYTES)
                .weigher((String target, CachedForm form) -> 2 * form.bytes() + 2 * target.length() + FURTHER_BYTES)
                .executor(Runnable::run)
                .build();
        Gauge.builder("gateway.answers.rendered", answers, Cache::estimatedSize)
                .description("answers that are kept as they were written down")
                .register(meters);
        Counter hits = Counter.builder("gateway.answers.repeated")
                .description("answers that were given once more without asking anybody")
                .register(meters);
        return new RenderedAnswers(answers, clock, hits::increment);
    }

    /** The answer to a target, if there is one that has not expired. */
    @Nullable
    CachedForm get(String target) {
        CachedForm form = answers == null ? null : answers.getIfPresent(target);
        if (form == null || !form.isFresh(clock.instant())) {
            return null;
        }
        onHit.run();
        return form;
    }

    void keep(String target, CachedForm form) {
        if (answers != null && form.isFresh(clock.instant())) {
            answers.put(target, form);
        }
    }
}
