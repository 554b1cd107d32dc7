package io.weathermesh.aggregator.weather;

import io.grpc.Context;
import io.grpc.Status;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.weather.v1.Problem;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One provider's part of a stream: its latest reading, and its stream, which is opened again whenever it ends. Guarded by
 * the lock of the {@link WeatherWatch} that it belongs to.
 */
final class Leg {
    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

    private final ProviderClient provider;
    private Context.CancellableContext context = Context.ROOT.withCancellation();
    private @Nullable Contribution latest; // null until the first
    private @Nullable Status trouble; // null while the stream tells readings, and before it first does
    private @Nullable Instant openAt; // null while it is open
    private Duration delay = FIRST_DELAY;

    Leg(ProviderClient provider) {
        this.provider = provider;
    }

    /** Opens the stream; what its watch does then is done under the lock by the callbacks. */
    void open(Point point, WeatherWatch watch) {
        openAt = null;
        context = Context.ROOT.withCancellation();
        Context.CancellableContext mine = context;
        mine.run(() -> provider.watch(
                point,
                reading -> watch.changed(() -> told(mine, reading)),
                status -> watch.changed(() -> ended(mine, status, watch.now()))));
    }

    void close() {
        context.cancel(null);
    }

    private void told(Context from, Contribution reading) {
        if (from == context) {
            latest = reading;
            trouble = null;
            delay = FIRST_DELAY;
        }
    }

    /** A stream that had told something ended in order, and is opened again at once; one that had not is waited for. */
    private void ended(Context from, Status status, Instant now) {
        if (from != context || openAt != null) {
            return;
        }
        boolean told = latest != null && trouble == null;
        trouble = status;
        openAt = told ? now : now.plus(delay);
        if (!told) {
            Duration longer = delay.multipliedBy(2);
            delay = longer.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : longer;
        }
    }

    boolean isDue(Instant now) {
        return openAt != null && !now.isBefore(openAt);
    }

    /** Whether there is anything to say about this part yet. */
    boolean hasSpoken() {
        return latest != null || trouble != null;
    }

    /** The latest reading as an answer: an ended stream makes it stale only when it expires. */
    Reading<Contribution> reading(Instant now) {
        Contribution value = latest;
        if (value != null && (trouble == null || now.isBefore(value.expireTime()))) {
            return new Reading.Present<>(value);
        }
        Problem problem = ProviderCall.problem(provider.name(), trouble == null ? Status.DEADLINE_EXCEEDED : trouble);
        if (value != null && now.isBefore(uselessTime(value))) {
            return new Reading.Stale<>(
                    value,
                    problem.toBuilder().setEffect(Problem.Effect.EFFECT_STALE).build());
        }
        return new Reading.Missing<>(problem);
    }

    /** When something is to be done or said without the stream saying anything. */
    Instant next(Instant now, Instant latestOfInterest) {
        Instant next = latestOfInterest;
        if (openAt != null) {
            next = earlier(next, openAt);
        }
        Contribution value = latest;
        if (value != null && trouble != null) {
            if (now.isBefore(value.expireTime())) {
                next = earlier(next, value.expireTime());
            } else if (now.isBefore(uselessTime(value))) {
                next = earlier(next, uselessTime(value));
            }
        }
        return next;
    }

    private static Instant uselessTime(Contribution value) {
        return value.expireTime().plus(CachedReadings.MAX_STALENESS);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
