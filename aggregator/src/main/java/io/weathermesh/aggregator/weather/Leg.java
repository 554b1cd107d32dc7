package io.weathermesh.aggregator.weather;

import io.grpc.Context;
import io.grpc.Status;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.weather.v1.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One provider's half of a stream: its latest reading, and its stream, which is opened again whenever it ends. Guarded by
 * the lock of the {@link WeatherWatch} that it belongs to.
 */
final class Leg<T> {
    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

    private final String provider;
    private final ReadingStream<T> stream;
    private final Function<T, Provenance> provenance;
    private Context.CancellableContext context = Context.ROOT.withCancellation();
    private @Nullable T latest; // null until the first
    private @Nullable Status trouble; // null while the stream tells readings, and before it first does
    private @Nullable Instant openAt; // null while it is open
    private Duration delay = FIRST_DELAY;

    Leg(String provider, ReadingStream<T> stream, Function<T, Provenance> provenance) {
        this.provider = provider;
        this.stream = stream;
        this.provenance = provenance;
    }

    /** Opens the stream; what its watch does then is done under the lock by the callbacks. */
    void open(Point point, WeatherWatch watch) {
        openAt = null;
        context = Context.ROOT.withCancellation();
        Context.CancellableContext mine = context;
        mine.run(() -> stream.open(
                point,
                reading -> watch.changed(() -> told(mine, reading)),
                status -> watch.changed(() -> ended(mine, status, watch.now()))));
    }

    void close() {
        context.cancel(null);
    }

    private void told(Context from, T reading) {
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

    /** Whether there is anything to say about this half yet. */
    boolean hasSpoken() {
        return latest != null || trouble != null;
    }

    /** The latest reading as an answer: an ended stream makes it stale only when it expires. */
    Reading<T> reading(Instant now) {
        T value = latest;
        if (value != null && (trouble == null || now.isBefore(expireTime(value)))) {
            return new Reading.Present<>(value);
        }
        Problem problem = ProviderCall.problem(provider, trouble == null ? Status.DEADLINE_EXCEEDED : trouble);
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
        T value = latest;
        if (value != null && trouble != null) {
            if (now.isBefore(expireTime(value))) {
                next = earlier(next, expireTime(value));
            } else if (now.isBefore(uselessTime(value))) {
                next = earlier(next, uselessTime(value));
            }
        }
        return next;
    }

    private Instant expireTime(T value) {
        return Instant.ofEpochSecond(provenance.apply(value).getExpireTime().getSeconds());
    }

    private Instant uselessTime(T value) {
        return expireTime(value).plus(CachedReadings.MAX_STALENESS);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
