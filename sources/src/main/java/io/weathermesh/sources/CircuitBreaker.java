package io.weathermesh.sources;

import io.weathermesh.proto.common.v1.Source;
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
 * <p>It opens after {@link #FAILURES} failures in a row, and at once where the source says until when it must be left
 * alone, or has never answered: a machine without a network shall not learn that three times. That a source knows nothing
 * of a place, or may not be asked now, is no failure.
 */
final class CircuitBreaker implements LiveSource {
    static final int FAILURES = 3;
    static final Duration FIRST_REST = Duration.ofSeconds(10);
    static final Duration LONGEST_REST = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(CircuitBreaker.class);

    private final LiveSource source;
    private final Clock clock;
    private int failures;
    private Duration rest = FIRST_REST;
    private @Nullable Instant restsUntil; // null while it is asked as usual
    private boolean trying;
    private boolean hasAnswered;

    CircuitBreaker(LiveSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    private enum Turn {
        ASK,
        TRY,
        REST
    }

    @Override
    public CompletionStage<Course> fetch(GeoPoint place) {
        Turn turn = turn();
        if (turn == Turn.REST) {
            return resting();
        }
        CompletionStage<Course> asked =
                Failures.caught(() -> source.fetch(place)).whenComplete((course, failure) -> judge(turn, failure));
        return turn == Turn.ASK ? asked : resting();
    }

    private CompletionStage<Course> resting() {
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
        if (cause instanceof QuotaSpentException) {
            return;
        }
        failures++;
        Optional<Instant> notBefore =
                cause instanceof SourceFailedException failed ? failed.notBefore() : Optional.empty();
        if (restsUntil != null && turn == Turn.ASK) {
            // Calls from before it was left alone: they are many, and say nothing new.
            return;
        }
        if (notBefore.isPresent() || turn == Turn.TRY || failures >= FAILURES || !hasAnswered) {
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
        hasAnswered = true;
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
    public synchronized Source.State state() {
        return restsUntil == null ? source.state() : Source.State.STATE_FAILING;
    }
}
