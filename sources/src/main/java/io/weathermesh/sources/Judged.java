package io.weathermesh.sources;

import io.weathermesh.proto.common.v1.Quality;
import io.weathermesh.proto.common.v1.Source;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/**
 * A source whose values are marked SUSPECT where they are beyond what physics or the climate of the place allows, or of
 * another time than they should be.
 */
final class Judged implements ReadingSource {
    /** The records of the surface are -89 and 57 degrees Celsius. */
    private static final double COLDEST = -95;

    private static final double HOTTEST = 60;

    /** Four times the climatology's own uncertainty where it knows least, and a little. */
    private static final double FARTHEST_FROM_USUAL = 25;

    private static final double DRIEST = 1;
    private static final double MOISTEST = 100.5;

    private final ReadingSource source;
    private final Climatology climatology;

    Judged(ReadingSource source, Climatology climatology) {
        this.source = source;
        this.climatology = climatology;
    }

    @Override
    public CompletionStage<Reading> read(GeoPoint point, Instant instant) {
        return source.read(point, instant).thenApply(reading -> judge(reading, instant));
    }

    private Reading judge(Reading reading, Instant instant) {
        boolean untimely = Freshness.isSuspect(reading, instant);
        double usual = climatology
                .read(reading.point(), reading.observeTime(), reading.fetchTime())
                .temperature()
                .value();
        double temperature = reading.temperature().value();
        double humidity = reading.humidity().value();
        boolean odd =
                temperature < COLDEST || temperature > HOTTEST || Math.abs(temperature - usual) > FARTHEST_FROM_USUAL;
        return reading.with(
                marked(reading.temperature(), untimely || odd),
                marked(reading.humidity(), untimely || humidity < DRIEST || humidity > MOISTEST));
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
