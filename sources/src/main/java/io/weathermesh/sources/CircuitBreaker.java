package io.weathermesh.sources;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A source that is left alone after failing, so that nobody waits for it: reads fail at once then. When its time is over,
 * one read tries it out, and even the caller of that one does not wait.
 *
 * <p>It opens after {@link #FAILURES} failures in a row, or at once where the source says until when it must be left
 * alone. That a source knows nothing of a place is no failure.
 */
final class CircuitBreaker implements ReadingSource {
    static final int FAILURES = 3;
    static final Duration FIRST_REST = Duration.ofSeconds(10);
    static final Duration LONGEST_REST = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(CircuitBreaker.class);

    private final ReadingSource source;
    private final Clock clock;
    private int failures;
    private Duration rest = FIRST_REST;
    private @Nullable Instant restsUntil; // null while it is asked as usual
    private boolean trying;

    CircuitBreaker(ReadingSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    private enum Turn {
        ASK,
        TRY,
        REST
    }

    @Override
    public CompletionStage<Reading> read(GeoPoint point, Instant instant) {
        Turn turn = turn();
        if (turn == Turn.REST) {
            return resting();
        }
        CompletionStage<Reading> asked =
                source.read(point, instant).whenComplete((reading, failure) -> judge(turn, failure));
        return turn == Turn.ASK ? asked : resting();
    }

    private CompletionStage<Reading> resting() {
        return CompletableFuture.failedFuture(
                new SourceFailedException(description().id(), "failed lately and is left alone"));
    }

    private synchronized Turn turn() {
        if (restsUntil == null) {
            return Turn.ASK;
        }
        if (trying || clock.instant().isBefore(restsUntil)) {
            return Turn.REST;
        }
        trying = true;
        return Turn.TRY;
    }

    private synchronized void judge(Turn turn, @Nullable Throwable failure) {
        if (turn == Turn.TRY) {
            trying = false;
        }
        Throwable cause = failure == null ? null : Failures.unwrapped(failure);
        if (cause == null || cause instanceof NothingHereException) {
            close(turn);
            return;
        }
        failures++;
        Optional<Instant> notBefore =
                cause instanceof SourceFailedException failed ? failed.notBefore() : Optional.empty();
        if (restsUntil != null && turn == Turn.ASK) {
            // Calls from before it was left alone: they are many, and say nothing new.
            return;
        }
        if (notBefore.isPresent() || turn == Turn.TRY || failures >= FAILURES) {
            open(cause, notBefore);
        }
    }

    /** A late success of a call from before says nothing of now: only a try closes what is open. */
    private void close(Turn turn) {
        if (turn == Turn.TRY) {
            LOG.info("{} answers again", description().id());
            restsUntil = null;
            rest = FIRST_REST;
        }
        failures = 0;
    }

    private void open(Throwable cause, Optional<Instant> notBefore) {
        if (restsUntil == null) {
            LOG.warn("{} is left alone: {}", description().id(), cause.getMessage());
        }
        Instant until = clock.instant().plus(rest);
        restsUntil = notBefore.filter(until::isBefore).orElse(until);
        Duration longer = rest.multipliedBy(2);
        rest = longer.compareTo(LONGEST_REST) < 0 ? longer : LONGEST_REST;
    }

    @Override
    public SourceDescription description() {
        return source.description();
    }

    @Override
    public synchronized boolean isServing() {
        return restsUntil == null;
    }
}
