package io.weathermesh.sources.serving;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.weathermesh.sources.Futures;
import io.weathermesh.sources.Timers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One stream: the current reading at once, then each changed one, and a heartbeat when nothing was sent for the requested
 * time. A reading is read again when it expires. A client that reads slowly receives the latest reading when it is ready,
 * and misses those between.
 *
 * <p>Guarded by its own lock: timers, sources and the client's connection call it from threads of their own.
 *
 * @param <R> the provider's reading
 * @param <E> the response message of its stream
 */
final class ReadingStream<R, E> {
    /** After this the client opens a new stream, so that streams spread over the tasks that were added since. */
    static final Duration LIFETIME = Duration.ofHours(1);

    private final WatchRequest request;
    private final StreamEvents<R, E> events;
    private final ServerCallStreamObserver<E> responses;
    private final Supplier<CompletionStage<R>> read;
    private final Clock clock;
    private final Timers timers;
    private final Runnable onEnd;
    private final Instant endTime;
    private Instant readTime;
    private Instant heartbeatTime;
    private @Nullable R sent; // null until the first
    private @Nullable R pending; // until the client is ready
    private Runnable cancelTimer = () -> {};
    private boolean reading;
    private boolean ended;

    ReadingStream(
            WatchRequest request,
            StreamEvents<R, E> events,
            ServerCallStreamObserver<E> responses,
            Supplier<CompletionStage<R>> read,
            Clock clock,
            Timers timers,
            Runnable onEnd) {
        this.request = request;
        this.events = events;
        this.responses = responses;
        this.read = read;
        this.clock = clock;
        this.timers = timers;
        this.onEnd = onEnd;
        Instant now = clock.instant();
        endTime = now.plus(LIFETIME);
        readTime = now;
        heartbeatTime = now.plus(request.heartbeatInterval());
    }

    /** Must be called before the call's handler returns: gRPC accepts the stream's handlers only until then. */
    synchronized void start() {
        responses.setOnCancelHandler(this::end);
        responses.setOnReadyHandler(this::sendPending);
        onTimer();
    }

    private synchronized void onTimer() {
        orFail(this::step);
    }

    private void step() {
        if (ended) {
            return;
        }
        Instant now = clock.instant();
        if (!now.isBefore(endTime)) {
            fail(CallErrors.retryable(
                    Status.UNAVAILABLE, "the stream has reached its lifetime of an hour: open a new one"));
            return;
        }
        if (!now.isBefore(heartbeatTime)) {
            if (responses.isReady()) {
                responses.onNext(events.heartbeat().apply(now));
            }
            heartbeatTime = now.plus(request.heartbeatInterval());
        }
        if (!reading && !now.isBefore(readTime)) {
            reading = true;
            Futures.call(read).whenComplete((result, failure) -> onRead(result, failure));
        }
        scheduleNext(now);
    }

    private synchronized void onRead(@Nullable R result, @Nullable Throwable failure) {
        orFail(() -> accept(result, failure));
    }

    private void accept(@Nullable R result, @Nullable Throwable failure) {
        reading = false;
        if (ended) {
            return;
        }
        if (result == null) {
            fail(CallErrors.statusOf(failure == null ? new IllegalStateException("no reading") : failure));
            return;
        }
        Instant now = clock.instant();
        Instant earliest = now.plus(request.minInterval());
        Instant expireTime = events.expireTime().apply(result);
        readTime = expireTime.isAfter(earliest) ? expireTime : earliest;
        // Supersedes a pending reading, even with the content that the client has already received.
        pending = sent == null || !events.haveSameContent(sent, result) ? result : null;
        sendPending();
        scheduleNext(now);
    }

    private synchronized void sendPending() {
        if (pending != null && !ended && responses.isReady()) {
            sent = pending;
            pending = null;
            responses.onNext(events.reading().apply(sent));
            heartbeatTime = clock.instant().plus(request.heartbeatInterval());
        }
    }

    private void scheduleNext(Instant now) {
        cancelTimer.run();
        if (ended) {
            return;
        }
        Instant next = endTime.isBefore(heartbeatTime) ? endTime : heartbeatTime;
        if (!reading && readTime.isBefore(next)) {
            next = readTime;
        }
        cancelTimer = timers.after(Duration.between(now, next), this::onTimer);
    }

    /** An exception ends the stream with its status; without this the stream would fall silent. */
    private void orFail(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            fail(CallErrors.statusOf(e));
        }
    }

    private void fail(Throwable status) {
        end();
        responses.onError(status);
    }

    private synchronized void end() {
        if (!ended) {
            ended = true;
            pending = null;
            cancelTimer.run();
            onEnd.run();
        }
    }
}
