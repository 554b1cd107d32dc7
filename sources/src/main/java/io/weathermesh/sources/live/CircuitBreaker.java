package io.weathermesh.sources.live;

import io.weathermesh.proto.common.v1.Source;
import io.weathermesh.sources.Futures;
import io.weathermesh.sources.GeoPoint;
import io.weathermesh.sources.SourceDescription;
import io.weathermesh.sources.SourceFailedException;
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
 * Stops calling a source that fails, so that no caller waits for it: while the circuit is open, reads fail at once. After
 * the open time one call probes the source in the background; even the caller that triggers it does not wait.
 *
 * <p>The circuit opens after {@link #MAX_FAILURES} consecutive failures. It opens after one failure if the source names an
 * instant for the next call, or has never responded: without a network, three callers need not wait to find that out.
 * {@link NoDataException} counts as a success, and {@link QuotaExceededException} does not count.
 */
final class CircuitBreaker implements LiveSource {
    static final int MAX_FAILURES = 3;
    static final Duration MIN_OPEN_TIME = Duration.ofSeconds(10);
    static final Duration MAX_OPEN_TIME = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(CircuitBreaker.class);

    private final LiveSource source;
    private final Clock clock;
    private int failures;
    private Duration openTime = MIN_OPEN_TIME;
    private @Nullable Instant openUntil; // null while the circuit is closed
    private boolean probing;
    private boolean hasResponded;

    CircuitBreaker(LiveSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    private enum Decision {
        CALL,
        PROBE,
        REJECT
    }

    @Override
    public CompletionStage<ReadingSeries> fetch(GeoPoint point) {
        Decision decision = decide();
        if (decision == Decision.REJECT) {
            return rejected();
        }
        CompletionStage<ReadingSeries> call =
                Futures.call(() -> source.fetch(point)).whenComplete((series, failure) -> record(decision, failure));
        return decision == Decision.CALL ? call : rejected();
    }

    private CompletionStage<ReadingSeries> rejected() {
        return CompletableFuture.failedFuture(
                new SourceFailedException(description().id(), "is not called: its circuit is open"));
    }

    private synchronized Decision decide() {
        if (openUntil == null) {
            return Decision.CALL;
        }
        if (probing || clock.instant().isBefore(openUntil)) {
            return Decision.REJECT;
        }
        probing = true;
        return Decision.PROBE;
    }

    private synchronized void record(Decision decision, @Nullable Throwable failure) {
        if (decision == Decision.PROBE) {
            probing = false;
        }
        Throwable cause = failure == null ? null : Futures.unwrap(failure);
        if (cause == null || cause instanceof NoDataException) {
            succeeded(decision);
            return;
        }
        if (cause instanceof QuotaExceededException) {
            return;
        }
        failures++;
        if (openUntil != null && decision == Decision.CALL) {
            // Calls that started before the circuit opened: they are many and say nothing new.
            return;
        }
        Optional<Instant> notBefore =
                cause instanceof SourceFailedException failed ? failed.notBefore() : Optional.empty();
        if (notBefore.isPresent() || decision == Decision.PROBE || failures >= MAX_FAILURES || !hasResponded) {
            open(cause, notBefore);
        }
    }

    /** Only a probe closes an open circuit: a late success of an earlier call says nothing about now. */
    private void succeeded(Decision decision) {
        if (decision == Decision.PROBE) {
            LOG.info(
                    "{}: circuit closed, the source responds again",
                    description().id());
            openUntil = null;
            openTime = MIN_OPEN_TIME;
        }
        failures = 0;
        hasResponded = true;
    }

    private void open(Throwable cause, Optional<Instant> notBefore) {
        if (openUntil == null) {
            LOG.warn("{}: circuit open: {}", description().id(), cause.getMessage());
        }
        Instant earliest = clock.instant().plus(openTime);
        openUntil = notBefore.filter(earliest::isBefore).orElse(earliest);
        Duration doubled = openTime.multipliedBy(2);
        openTime = doubled.compareTo(MAX_OPEN_TIME) < 0 ? doubled : MAX_OPEN_TIME;
    }

    @Override
    public SourceDescription description() {
        return source.description();
    }

    @Override
    public synchronized Source.State state() {
        return openUntil == null ? source.state() : Source.State.STATE_FAILING;
    }
}
