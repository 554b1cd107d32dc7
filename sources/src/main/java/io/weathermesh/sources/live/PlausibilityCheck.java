package io.weathermesh.sources.live;

import io.weathermesh.proto.common.v1.Quality;
import io.weathermesh.proto.common.v1.Source;
import io.weathermesh.sources.GeoPoint;
import io.weathermesh.sources.Reading;
import io.weathermesh.sources.ReadingSource;
import io.weathermesh.sources.SourceDescription;
import io.weathermesh.sources.climatology.Climatology;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/**
 * Marks a source's values as SUSPECT if they are physically impossible, far from the climate of the point, or observed too
 * long before or after the requested instant. Values are never removed or changed.
 */
final class PlausibilityCheck implements ReadingSource {
    /** The records at the surface are -89 and 57 degrees Celsius. */
    private static final double MIN_CELSIUS = -95;

    private static final double MAX_CELSIUS = 60;

    /** Four times the climatology's uncertainty where it is largest, and a little more. */
    private static final double MAX_KELVINS_FROM_USUAL = 25;

    private static final double MIN_PERCENT = 1;

    /** Sources that compute humidity from the dew point exceed 100 by rounding. */
    private static final double MAX_PERCENT = 100.5;

    private final ReadingSource source;
    private final Climatology climatology;

    PlausibilityCheck(ReadingSource source, Climatology climatology) {
        this.source = source;
        this.climatology = climatology;
    }

    @Override
    public CompletionStage<Reading> read(GeoPoint point, Instant instant) {
        return source.read(point, instant).thenApply(reading -> check(reading, instant));
    }

    private Reading check(Reading reading, Instant instant) {
        boolean untimely = Freshness.isSuspect(reading, instant);
        double usual = climatology
                .usual(reading.point(), reading.observeTime(), reading.fetchTime())
                .temperature()
                .value();
        double temperature = reading.temperature().value();
        double humidity = reading.humidity().value();
        boolean implausible = temperature < MIN_CELSIUS
                || temperature > MAX_CELSIUS
                || Math.abs(temperature - usual) > MAX_KELVINS_FROM_USUAL;
        return reading.withValues(
                reading.observeTime(),
                marked(reading.temperature(), untimely || implausible),
                marked(reading.humidity(), untimely || humidity < MIN_PERCENT || humidity > MAX_PERCENT));
    }

    private static Reading.Value marked(Reading.Value value, boolean suspect) {
        return suspect ? new Reading.Value(value.value(), value.uncertainty(), Quality.QUALITY_SUSPECT) : value;
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
