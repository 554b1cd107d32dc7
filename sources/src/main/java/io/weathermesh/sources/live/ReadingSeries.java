package io.weathermesh.sources.live;

import io.weathermesh.proto.common.v1.Quality;
import io.weathermesh.sources.Reading;
import io.weathermesh.sources.climatology.Climatology;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The result of one call to a source: a single reading, or readings for several instants, between which values are
 * interpolated. Immutable.
 *
 * @param readings in the order of their observe times, at least one
 * @param expireTime until when the source need not be called again
 */
record ReadingSeries(List<Reading> readings, Instant expireTime) {
    ReadingSeries {
        readings = List.copyOf(readings);
        if (readings.isEmpty()) {
            throw new IllegalArgumentException("readings is empty, but must have at least one");
        }
    }

    ReadingSeries expiringAt(Instant other) {
        return new ReadingSeries(readings, other);
    }

    /**
     * The reading for an instant. A single reading is returned unchanged. Several are interpolated at the start of the
     * climatology's step that contains the instant, so that both providers and every cache agree, and the result expires
     * at the next step; outside of the series it has the values of the nearest reading.
     */
    Reading at(Instant instant, Instant now) {
        if (readings.size() == 1) {
            return readings.get(0).expiringAt(expireTime);
        }
        Instant step = Climatology.step(instant);
        int after = 0;
        while (after < readings.size() && !readings.get(after).observeTime().isAfter(step)) {
            after++;
        }
        Reading reading = after == 0
                ? readings.get(0)
                : after == readings.size()
                        ? readings.get(after - 1)
                        : between(readings.get(after - 1), readings.get(after), step);
        return reading.expiringAt(expireTime).expiringBy(Climatology.step(now).plus(Climatology.STEP));
    }

    private static Reading between(Reading before, Reading after, Instant instant) {
        double share = seconds(before.observeTime(), instant) / seconds(before.observeTime(), after.observeTime());
        return before.withValues(
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
