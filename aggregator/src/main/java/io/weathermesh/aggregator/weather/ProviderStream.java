package io.weathermesh.aggregator.weather;

import io.grpc.Context;
import io.grpc.Status;
import io.weathermesh.aggregator.providers.Provider;
import io.weathermesh.aggregator.providers.ProviderResult;
import io.weathermesh.aggregator.providers.Reading;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.weather.v1.Problem;
import io.weathermesh.proto.weather.v1.Weather;
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

    private final Provider provider;
    private final Point point;
    private final Clock clock;
    private final Consumer<Runnable> onEvent;
    private Context.CancellableContext context = Context.ROOT.withCancellation();
    private @Nullable Reading<Weather> latest; // null until the first
    private @Nullable Problem problem; // null while the stream delivers readings, and before its first event
    private @Nullable Instant reopenAt; // null while it is open
    private Duration backoff = MIN_BACKOFF;

    /** @param onEvent runs a change of this stream's state under the lock */
    ProviderStream(Provider provider, Point point, Clock clock, Consumer<Runnable> onEvent) {
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
                result -> onEvent.accept(() -> received(current, result)),
                status -> onEvent.accept(() -> ended(current, status))));
    }

    void close() {
        context.cancel(null);
    }

    private void received(Context from, ProviderResult<Reading<Weather>> result) {
        if (from == context) {
            problem = result.problem();
            if (result.value() != null) {
                latest = result.value();
            }
            if (problem == null) {
                backoff = MIN_BACKOFF;
            }
        }
    }

    /** A stream that delivered a reading is reopened at once, any other after a back-off. */
    private void ended(Context from, Status status) {
        if (from != context || reopenAt != null) {
            return;
        }
        Instant now = clock.instant();
        boolean delivered = latest != null && problem == null;
        problem = ProviderResult.problem(provider.name(), status);
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
        return latest != null || problem != null;
    }

    /** The latest reading. While the stream has a problem, it becomes stale when it expires, and missing later. */
    ProviderResult<Reading<Weather>> result(Instant now) {
        Reading<Weather> value = latest;
        if (value != null && (problem == null || now.isBefore(value.expireTime()))) {
            return ProviderResult.present(value);
        }
        Problem reason = problem == null ? ProviderResult.problem(provider.name(), Status.DEADLINE_EXCEEDED) : problem;
        return value != null && now.isBefore(value.uselessTime())
                ? ProviderResult.stale(value, reason)
                : new ProviderResult<>(null, reason);
    }

    /** The next instant, up to {@code limit}, at which the result changes or the stream is reopened without an event. */
    Instant nextChange(Instant now, Instant limit) {
        Instant next = reopenAt == null ? limit : earlier(limit, reopenAt);
        Reading<Weather> value = latest;
        if (value != null && problem != null) {
            if (now.isBefore(value.expireTime())) {
                next = earlier(next, value.expireTime());
            } else if (now.isBefore(value.uselessTime())) {
                next = earlier(next, value.uselessTime());
            }
        }
        return next;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
