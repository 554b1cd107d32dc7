package io.weathermesh.sources.live;

import io.weathermesh.proto.common.v1.Source;
import io.weathermesh.sources.Futures;
import io.weathermesh.sources.GeoPoint;
import io.weathermesh.sources.Reading;
import io.weathermesh.sources.ReadingSource;
import io.weathermesh.sources.SourceDescription;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Caches a source by place, a cell of a hundredth of a degree (about a kilometer). Concurrent reads of a place share one
 * call. A result is cached even if all callers have stopped waiting for it.
 */
final class CachedSource implements ReadingSource {
    static final int MAX_PLACES = 10_000;

    /** A source whose result has expired on arrival is not called again at once. */
    private static final Duration MIN_TTL = Duration.ofMinutes(1);

    /** Weather changes: a source that names a later expire time has a wrong clock. */
    static final Duration MAX_TTL = Duration.ofHours(6);

    /** How long the absence of data is cached. */
    private static final Duration NO_DATA_TTL = Duration.ofMinutes(10);

    /** The share of the TTL that is added at random, so that places and tasks do not expire together. */
    private static final double JITTER = 0.1;

    private static final double PLACES_PER_DEGREE = 100;
    private static final double METERS = 10;

    private final LiveSource source;
    private final Clock clock;
    private final DoubleSupplier random;
    private final Object lock = new Object();

    /** Guarded by the lock. Failures are never cached, so an outage evicts nothing. */
    private final LruMap<GeoPoint, Entry> entries = new LruMap<>(MAX_PLACES);

    /** Guarded by the lock. Bounded by the source's rate limits within the few seconds that a call may take. */
    private final Map<GeoPoint, CompletableFuture<ReadingSeries>> calls = new HashMap<>();

    private record Entry(CompletableFuture<ReadingSeries> series, Instant expireTime) {}

    /** @param random from 0 to 1 */
    CachedSource(LiveSource source, Clock clock, DoubleSupplier random) {
        this.source = source;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public CompletionStage<Reading> read(GeoPoint point, Instant instant) {
        return series(place(point)).thenApply(series -> {
            Reading reading = series.at(instant, clock.instant());
            return reading.withPoint(point.orElevationOf(reading.point()));
        });
    }

    private CompletableFuture<ReadingSeries> series(GeoPoint place) {
        CompletableFuture<ReadingSeries> result;
        synchronized (lock) {
            Instant now = clock.instant();
            Optional<Entry> fresh = entries.get(place).filter(entry -> now.isBefore(entry.expireTime()));
            if (fresh.isPresent()) {
                return fresh.get().series();
            }
            CompletableFuture<ReadingSeries> running = calls.get(place);
            if (running != null) {
                return running;
            }
            result = new CompletableFuture<>();
            calls.put(place, result);
        }
        Futures.call(() -> source.fetch(place))
                .whenComplete((series, failure) -> complete(place, result, series, failure));
        return result;
    }

    private void complete(
            GeoPoint place,
            CompletableFuture<ReadingSeries> result,
            @Nullable ReadingSeries series,
            @Nullable Throwable failure) {
        Instant now = clock.instant();
        Throwable cause = Futures.unwrap(failure == null ? new IllegalStateException("no readings") : failure);
        Instant expireTime = series != null
                ? expireTime(series, now)
                : cause instanceof NoDataException ? now.plus(NO_DATA_TTL) : now;
        synchronized (lock) {
            calls.remove(place);
            if (expireTime.isAfter(now)) {
                entries.put(place, new Entry(result, expireTime));
            }
        }
        if (series != null) {
            result.complete(series.expiringAt(expireTime));
        } else {
            result.completeExceptionally(cause);
        }
    }

    private Instant expireTime(ReadingSeries series, Instant now) {
        Duration ttl = Duration.between(now, series.expireTime());
        Duration raised = ttl.compareTo(MIN_TTL) < 0 ? MIN_TTL : ttl;
        Duration bounded = raised.compareTo(MAX_TTL) > 0 ? MAX_TTL : raised;
        return now.plus(bounded).plusMillis((long) (bounded.toMillis() * JITTER * random.getAsDouble()));
    }

    private static GeoPoint place(GeoPoint point) {
        OptionalDouble elevation = point.elevationMeters().isPresent()
                ? OptionalDouble.of(Math.rint(point.elevationMeters().getAsDouble() / METERS) * METERS)
                : OptionalDouble.empty();
        // Adding zero makes -0.0 the same place as 0.0.
        return new GeoPoint(
                Math.rint(point.latitude() * PLACES_PER_DEGREE) / PLACES_PER_DEGREE + 0.0,
                Math.rint(point.longitude() * PLACES_PER_DEGREE) / PLACES_PER_DEGREE + 0.0,
                elevation);
    }

    @Override
    public SourceDescription description() {
        return source.description();
    }

    @Override
    public Source.State state() {
        return source.state();
    }
}
