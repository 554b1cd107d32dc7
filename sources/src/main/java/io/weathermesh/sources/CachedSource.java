package io.weathermesh.sources;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A source that is asked once for a place, however many want to know, and again when its answer has expired. A place is
 * a hundredth of a degree, about a kilometer. An answer arrives here even if nobody waits for it any more.
 */
final class CachedSource implements ReadingSource {
    static final int MAX_PLACES = 10_000;

    /** A source that calls its answer old already is not asked again at once for that. */
    private static final Duration SHORTEST_LIFE = Duration.ofMinutes(1);

    /** How long a place is known to have no station. */
    private static final Duration NOTHING_HERE = Duration.ofMinutes(10);

    /** The share of its life that is added at random, so that places and tasks do not expire together. */
    private static final double JITTER = 0.1;

    private static final double PLACES_PER_DEGREE = 100;
    private static final double METERS = 10;

    private final ReadingSource source;
    private final Clock clock;
    private final DoubleSupplier random;
    private final Bounded<GeoPoint, Entry> entries = new Bounded<>(MAX_PLACES);
    private final Object lock = new Object();

    /** What is known of a place, or will be; {@code until} is set before the future completes. */
    private static final class Entry {
        private final CompletableFuture<Reading> reading = new CompletableFuture<>();
        private volatile @Nullable Instant until; // null while the source is being asked
    }

    /** @param random from 0 to 1 */
    CachedSource(ReadingSource source, Clock clock, DoubleSupplier random) {
        this.source = source;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public CompletionStage<Reading> read(GeoPoint point, Instant instant) {
        GeoPoint place = place(point);
        Entry entry;
        synchronized (lock) {
            Optional<Entry> known = entries.get(place).filter(this::holds);
            if (known.isPresent()) {
                return known.get().reading.thenApply(reading -> at(point, reading));
            }
            entry = new Entry();
            entries.put(place, entry);
        }
        source.read(place, instant).whenComplete((reading, failure) -> keep(place, entry, reading, failure));
        return entry.reading.thenApply(reading -> at(point, reading));
    }

    private boolean holds(Entry entry) {
        Instant until = entry.until;
        return until == null || clock.instant().isBefore(until);
    }

    private void keep(GeoPoint place, Entry entry, @Nullable Reading reading, @Nullable Throwable failure) {
        Instant now = clock.instant();
        if (reading != null) {
            Reading kept = reading.expiringAt(expiry(reading, now));
            entry.until = kept.expireTime();
            entry.reading.complete(kept);
            return;
        }
        Throwable cause = Failures.unwrapped(
                failure == null ? new CompletionException(new IllegalStateException("no reading")) : failure);
        if (cause instanceof NothingHereException) {
            entry.until = now.plus(NOTHING_HERE);
        } else {
            entry.until = now;
            entries.remove(place, entry);
        }
        entry.reading.completeExceptionally(cause);
    }

    private Instant expiry(Reading reading, Instant now) {
        Duration life = Duration.between(now, reading.expireTime());
        Duration least = life.compareTo(SHORTEST_LIFE) < 0 ? SHORTEST_LIFE : life;
        return now.plus(least).plusMillis((long) (least.toMillis() * JITTER * random.getAsDouble()));
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

    private static Reading at(GeoPoint point, Reading reading) {
        return reading.at(
                point.elevationMeters().isPresent()
                        ? point
                        : new GeoPoint(
                                point.latitude(),
                                point.longitude(),
                                reading.point().elevationMeters()));
    }

    @Override
    public SourceDescription description() {
        return source.description();
    }

    @Override
    public boolean isServing() {
        return source.isServing();
    }
}
