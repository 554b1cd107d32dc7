package io.weathermesh.sources;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One stream: the current reading at once, then each that is news, and a heartbeat after silence. It asks again when a
 * reading expires. A caller that reads slowly gets the latest reading when it is ready for one, and misses those between.
 *
 * <p>Its state is guarded by its own lock: timers, sources and the caller's connection all call it.
 *
 * @param <R> the provider's reading
 * @param <A> its message
 */
final class Watch<R, A> {
    /** After this the caller opens the stream anew, and so spreads over the tasks that have come since. */
    static final Duration LIFETIME = Duration.ofHours(1);

    private final WatchQuestion question;
    private final WatchView<R, A> view;
    private final ServerCallStreamObserver<A> caller;
    private final Supplier<CompletionStage<R>> read;
    private final Clock clock;
    private final Timers timers;
    private final Runnable onEnd;
    private final Instant endsAt;
    private Instant readAt;
    private Instant heartbeatAt;
    private @Nullable R sent; // null until the first
    private @Nullable R waiting; // for the caller to be ready
    private Runnable cancelTimer = () -> {};
    private boolean reading;
    private boolean ended;

    Watch(
            WatchQuestion question,
            WatchView<R, A> view,
            ServerCallStreamObserver<A> caller,
            Supplier<CompletionStage<R>> read,
            Clock clock,
            Timers timers,
            Runnable onEnd) {
        this.question = question;
        this.view = view;
        this.caller = caller;
        this.read = read;
        this.clock = clock;
        this.timers = timers;
        this.onEnd = onEnd;
        Instant now = clock.instant();
        endsAt = now.plus(LIFETIME);
        readAt = now;
        heartbeatAt = now.plus(question.heartbeatInterval());
    }

    /** Must be called before the call's handler returns: only then may a stream's handlers be set. */
    synchronized void start() {
        caller.setOnCancelHandler(this::end);
        caller.setOnReadyHandler(this::sendWaiting);
        tick();
    }

    private synchronized void tick() {
        orFail(this::look);
    }

    private void look() {
        if (ended) {
            return;
        }
        Instant now = clock.instant();
        if (!now.isBefore(endsAt)) {
            fail(Failures.retry(Status.UNAVAILABLE, "the stream has lived for an hour: open it again"));
            return;
        }
        if (!now.isBefore(heartbeatAt)) {
            if (caller.isReady()) {
                caller.onNext(view.heartbeat().apply(now));
            }
            heartbeatAt = now.plus(question.heartbeatInterval());
        }
        if (!reading && !now.isBefore(readAt)) {
            reading = true;
            Failures.caught(read).whenComplete((told, failure) -> heard(told, failure));
        }
        plan(now);
    }

    private synchronized void heard(@Nullable R told, @Nullable Throwable failure) {
        orFail(() -> tell(told, failure));
    }

    private void tell(@Nullable R told, @Nullable Throwable failure) {
        reading = false;
        if (ended) {
            return;
        }
        if (told == null) {
            fail(Failures.statusOf(failure == null ? new IllegalStateException("no reading") : failure));
            return;
        }
        Instant now = clock.instant();
        Instant soonest = now.plus(question.minInterval());
        Instant expireTime = view.expireTime().apply(told);
        readAt = expireTime.isAfter(soonest) ? expireTime : soonest;
        // What waited is superseded, also by a reading that is what the caller has seen already.
        waiting = sent == null || !view.tellsTheSame(sent, told) ? told : null;
        sendWaiting();
        plan(now);
    }

    private synchronized void sendWaiting() {
        if (waiting != null && !ended && caller.isReady()) {
            sent = waiting;
            waiting = null;
            caller.onNext(view.reading().apply(sent));
            heartbeatAt = clock.instant().plus(question.heartbeatInterval());
        }
    }

    private void plan(Instant now) {
        cancelTimer.run();
        if (ended) {
            return;
        }
        Instant next = endsAt.isBefore(heartbeatAt) ? endsAt : heartbeatAt;
        if (!reading && readAt.isBefore(next)) {
            next = readAt;
        }
        cancelTimer = timers.after(Duration.between(now, next), this::tick);
    }

    /** A stream that a defect stops ends with its reason, instead of falling silent. */
    private void orFail(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            fail(Failures.statusOf(e));
        }
    }

    private void fail(Throwable status) {
        end();
        caller.onError(status);
    }

    private synchronized void end() {
        if (!ended) {
            ended = true;
            waiting = null;
            cancelTimer.run();
            onEnd.run();
        }
    }
}
