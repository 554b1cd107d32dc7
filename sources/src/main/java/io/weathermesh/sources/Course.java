package io.weathermesh.sources;

import io.weathermesh.proto.common.v1.Quality;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What one call to a source told of a place: a single reading, or the readings of several instants, between which values
 * are interpolated. Immutable.
 *
 * @param steps in the order of their time, one at least
 * @param expireTime until when the source need not be asked again
 */
record Course(List<Reading> steps, Instant expireTime) {
    Course {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a course has no steps, but must have one at least");
        }
    }

    Course expiringAt(Instant other) {
        return new Course(steps, other);
    }

    /**
     * The reading for an instant. A single reading is told as it stands. Of several, the values are those of the step of the
     * climatology that the instant is in, so that two providers and every cache agree, and hold until the next one; outside
     * of the steps, those of the nearest.
     */
    Reading at(Instant instant, Instant now) {
        if (steps.size() == 1) {
            return steps.get(0).expiringAt(expireTime);
        }
        Instant wanted = Climatology.step(instant);
        int after = 0;
        while (after < steps.size() && !steps.get(after).observeTime().isAfter(wanted)) {
            after++;
        }
        Reading reading = after == 0
                ? steps.get(0)
                : after == steps.size()
                        ? steps.get(after - 1)
                        : between(steps.get(after - 1), steps.get(after), wanted);
        return reading.expiringAt(expireTime).expiringBy(Climatology.step(now).plus(Climatology.STEP));
    }

    private static Reading between(Reading before, Reading after, Instant instant) {
        double share = seconds(before.observeTime(), instant) / seconds(before.observeTime(), after.observeTime());
        return before.observedAt(
                instant,
                between(before.temperature(), after.temperature(), share),
                between(before.humidity(), after.humidity(), share));
    }

    private static Reading.Value between(Reading.Value before, Reading.Value after, double share) {
        return new Reading.Value(
                before.value() * (1 - share) + after.value() * share, OptionalDouble.empty(), Quality.QUALITY_GOOD);
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toSeconds();
    }
}
