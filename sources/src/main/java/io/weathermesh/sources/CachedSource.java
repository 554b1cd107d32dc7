package io.weathermesh.sources;

import io.weathermesh.proto.common.v1.Source;
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
 * A source that is asked once for a place, however many want to know, and again when its answer has expired. A place is
 * a hundredth of a degree, about a kilometer. An answer arrives here even if nobody waits for it any more.
 */
final class CachedSource implements ReadingSource {
    static final int MAX_PLACES = 10_000;

    /** A source that calls its answer old already is not asked again at once for that. */
    private static final Duration SHORTEST_LIFE = Duration.ofMinutes(1);

    /** A source that lets its answer stand for longer has a wrong clock: weather does not. */
    static final Duration LONGEST_LIFE = Duration.ofHours(6);

    /** How long a place is known to have no station. */
    private static final Duration NOTHING_HERE = Duration.ofMinutes(10);

    /** The share of its life that is added at random, so that places and tasks do not expire together. */
    private static final double JITTER = 0.1;

    private static final double PLACES_PER_DEGREE = 100;
    private static final double METERS = 10;

    private final LiveSource source;
    private final Clock clock;
    private final DoubleSupplier random;
    private final Object lock = new Object();

    /** Guarded by the lock. What fails is never put here, so that an outage drives out nothing that is known. */
    private final Bounded<GeoPoint, Known> known = new Bounded<>(MAX_PLACES);

    /** Guarded by the lock. As many as the source lets be asked within the few seconds that a call may take. */
    private final Map<GeoPoint, CompletableFuture<Course>> asked = new HashMap<>();

    private record Known(CompletableFuture<Course> course, Instant until) {}

    /** @param random from 0 to 1 */
    CachedSource(LiveSource source, Clock clock, DoubleSupplier random) {
        this.source = source;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public CompletionStage<Reading> read(GeoPoint point, Instant instant) {
        return course(place(point)).thenApply(course -> at(point, course.at(instant, clock.instant())));
    }

    private CompletableFuture<Course> course(GeoPoint place) {
        CompletableFuture<Course> answer;
        synchronized (lock) {
            Instant now = clock.instant();
            Optional<Known> fresh = known.get(place).filter(each -> now.isBefore(each.until()));
            if (fresh.isPresent()) {
                return fresh.get().course();
            }
            CompletableFuture<Course> running = asked.get(place);
            if (running != null) {
                return running;
            }
            answer = new CompletableFuture<>();
            asked.put(place, answer);
        }
        Failures.caught(() -> source.fetch(place))
                .whenComplete((course, failure) -> keep(place, answer, course, failure));
        return answer;
    }

    private void keep(
            GeoPoint place, CompletableFuture<Course> answer, @Nullable Course course, @Nullable Throwable failure) {
        Instant now = clock.instant();
        Throwable cause = Failures.unwrapped(failure == null ? new IllegalStateException("no course") : failure);
        Instant until = course != null
                ? expiry(course, now)
                : cause instanceof NothingHereException ? now.plus(NOTHING_HERE) : now;
        synchronized (lock) {
            asked.remove(place);
            if (until.isAfter(now)) {
                known.put(place, new Known(answer, until));
            }
        }
        if (course != null) {
            answer.complete(course.expiringAt(until));
        } else {
            answer.completeExceptionally(cause);
        }
    }

    private Instant expiry(Course course, Instant now) {
        Duration life = Duration.between(now, course.expireTime());
        Duration least = life.compareTo(SHORTEST_LIFE) < 0 ? SHORTEST_LIFE : life;
        Duration bounded = least.compareTo(LONGEST_LIFE) > 0 ? LONGEST_LIFE : least;
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
    public Source.State state() {
        return source.state();
    }
}
