package io.weathermesh.aggregator.weather;

import io.grpc.Context;
import io.grpc.Status;
import io.weathermesh.aggregator.providers.CachedReadings;
import io.weathermesh.aggregator.providers.ProviderCall;
import io.weathermesh.aggregator.providers.ProviderClient;
import io.weathermesh.aggregator.providers.ProviderResult;
import io.weathermesh.aggregator.providers.Reading;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.weather.v1.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One provider's part of a {@link WeatherStream}: the latest reading, and the stream to the provider, which is reopened
 * whenever it ends. Guarded by the lock of the weather stream.
 */
final class ProviderStream {
    private static final Duration MIN_BACKOFF = Duration.ofSeconds(1);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(30);

    private final ProviderClient provider;
    private final Point point;
    private final Clock clock;
    private final Consumer<Runnable> onEvent;
    private Context.CancellableContext context = Context.ROOT.withCancellation();
    private @Nullable Reading latest; // null until the first
    private @Nullable Status failure; // null while the stream delivers readings, and before its first event
    private @Nullable Instant reopenAt; // null while it is open
    private Duration backoff = MIN_BACKOFF;

    /** @param onEvent runs a change of this stream's state under the lock */
    ProviderStream(ProviderClient provider, Point point, Clock clock, Consumer<Runnable> onEvent) {
        this.provider = provider;
        this.point = point;
        this.clock = clock;
        this.onEvent = onEvent;
    }

    void open() {
        reopenAt = null;
        context = Context.ROOT.withCancellation();
        Context.CancellableContext current = context;
        current.run(() -> provider.watch(
                point,
                reading -> onEvent.accept(() -> received(current, reading)),
                status -> onEvent.accept(() -> ended(current, status))));
    }

    void close() {
        context.cancel(null);
    }

    private void received(Context from, Reading reading) {
        if (from == context) {
            latest = reading;
            failure = null;
            backoff = MIN_BACKOFF;
        }
    }

    /** A stream that delivered a reading is reopened at once, any other after a back-off. */
    private void ended(Context from, Status status) {
        if (from != context || reopenAt != null) {
            return;
        }
        Instant now = clock.instant();
        boolean delivered = latest != null && failure == null;
        failure = status;
        reopenAt = delivered ? now : now.plus(backoff);
        if (!delivered) {
            Duration doubled = backoff.multipliedBy(2);
            backoff = doubled.compareTo(MAX_BACKOFF) > 0 ? MAX_BACKOFF : doubled;
        }
    }

    boolean isDue(Instant now) {
        return reopenAt != null && !now.isBefore(reopenAt);
    }

    /** Whether the provider has sent a reading or failed. */
    boolean hasResult() {
        return latest != null || failure != null;
    }

    /** The latest reading. After the stream's end it becomes stale when it expires, and missing when it is useless. */
    ProviderResult<Reading> result(Instant now) {
        Reading value = latest;
        if (value != null && (failure == null || now.isBefore(value.expireTime()))) {
            return new ProviderResult.Present<>(value);
        }
        Problem problem = ProviderCall.problem(provider.name(), failure == null ? Status.DEADLINE_EXCEEDED : failure);
        if (value != null && now.isBefore(uselessTime(value))) {
            return new ProviderResult.Stale<>(
                    value,
                    problem.toBuilder().setEffect(Problem.Effect.EFFECT_STALE).build());
        }
        return new ProviderResult.Missing<>(problem);
    }

    /** The next instant, up to {@code limit}, at which the result changes or the stream is reopened without an event. */
    Instant nextChange(Instant now, Instant limit) {
        Instant next = reopenAt == null ? limit : earlier(limit, reopenAt);
        Reading value = latest;
        if (value != null && failure != null) {
            if (now.isBefore(value.expireTime())) {
                next = earlier(next, value.expireTime());
            } else if (now.isBefore(uselessTime(value))) {
                next = earlier(next, uselessTime(value));
            }
        }
        return next;
    }

    private static Instant uselessTime(Reading value) {
        return value.expireTime().plus(CachedReadings.MAX_STALENESS);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
