package io.weathermesh.sources.climatology;

import io.weathermesh.proto.common.v1.Kind;
import io.weathermesh.proto.common.v1.Quality;
import io.weathermesh.proto.common.v1.Source;
import io.weathermesh.sources.GeoPoint;
import io.weathermesh.sources.Reading;
import io.weathermesh.sources.ReadingSource;
import io.weathermesh.sources.Saturation;
import io.weathermesh.sources.SourceDescription;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What is usual at a point, season and hour. A read completes before it returns and never fails. Immutable.
 *
 * <p>Temperature is the mean of the season plus the diurnal cycle. Vapor pressure is constant within a day, so relative
 * humidity falls as the air warms. Every read computes both values, so the two providers need no call to each other.
 */
public final class Climatology implements ReadingSource {
    /** This source. */
    public static final SourceDescription DESCRIPTION = new SourceDescription(
            "climatology",
            "Embedded climatology",
            Kind.KIND_CLIMATOLOGY,
            "Monthly means collected by weather-mesh from national weather services; NOAA COADS over the oceans",
            "https://www.apache.org/licenses/LICENSE-2.0",
            "");

    /** Values are computed for steps of this length, so that both providers and every cache agree. */
    public static final Duration STEP = Duration.ofMinutes(10);

    private static final double MIN_HUMIDITY = 5;
    private static final double DEGREES_PER_HOUR = 15;

    /** Humidity is unverified if less than this share of it rests on verified figures. */
    private static final double MIN_VERIFIED_SHARE = 0.5;

    private final Interpolation interpolation;
    private final Clock clock;

    private Climatology(Interpolation interpolation, Clock clock) {
        this.interpolation = interpolation;
        this.clock = clock;
    }

    /** The climatology of the embedded tables. */
    public static Climatology embedded(Clock clock) {
        return new Climatology(new Interpolation(Normal.table(), ZonalOcean.table()), clock);
    }

    /** The twelve monthly means at a point. */
    public Climate climate(GeoPoint point) {
        ClimateEstimate estimate = estimate(point);
        Instant now = clock.instant();
        return new Climate(
                reading(
                        estimate,
                        estimate.temperature().at(0),
                        estimate.humidity().at(0),
                        now,
                        now),
                estimate.temperature().means(),
                estimate.humidity().means());
    }

    ClimateEstimate estimate(GeoPoint point) {
        return interpolation.at(point);
    }

    @Override
    public CompletionStage<Reading> read(GeoPoint point, Instant instant) {
        return CompletableFuture.completedFuture(usual(point, instant, clock.instant()));
    }

    /**
     * What is usual at a point for an instant.
     *
     * @param now the reading's fetch time
     */
    public Reading usual(GeoPoint point, Instant instant, Instant now) {
        ClimateEstimate estimate = estimate(point);
        Instant step = step(instant);
        OffsetDateTime utc = step.atOffset(ZoneOffset.UTC);
        double hour = utc.toLocalTime().toSecondOfDay() / 3600.0;
        double day = utc.getDayOfYear() - 1 + hour / 24;
        double meanTemperature = estimate.temperature().at(day);
        double meanHumidity = estimate.humidity().at(day);
        double solarHour = (hour + point.longitude() / DEGREES_PER_HOUR + 24) % 24;
        double temperature = meanTemperature + DiurnalCycle.deviation(point.latitude(), day, solarHour, meanHumidity);
        double vapor = meanHumidity / 100 * Saturation.hectopascals(meanTemperature);
        double humidity = Math.max(MIN_HUMIDITY, Math.min(100, 100 * vapor / Saturation.hectopascals(temperature)));
        return reading(estimate, temperature, humidity, step, now);
    }

    private static Reading reading(
            ClimateEstimate estimate, double temperature, double humidity, Instant observed, Instant now) {
        Quality quality = estimate.atPlace() ? Quality.QUALITY_GOOD : Quality.QUALITY_ESTIMATED;
        return new Reading(
                estimate.point(),
                new Reading.Value(temperature, OptionalDouble.of(Uncertainty.ofTemperature(estimate)), quality),
                new Reading.Value(
                        humidity,
                        OptionalDouble.of(Uncertainty.ofHumidity(estimate)),
                        estimate.verifiedShare() < MIN_VERIFIED_SHARE ? Quality.QUALITY_UNVERIFIED : quality),
                DESCRIPTION,
                observed,
                now,
                step(now).plus(STEP),
                OptionalDouble.of(estimate.kilometersToNearest() * 1_000),
                "");
    }

    /** The start of the step that contains an instant. */
    public static Instant step(Instant instant) {
        long seconds = instant.truncatedTo(ChronoUnit.SECONDS).getEpochSecond();
        return Instant.ofEpochSecond(Math.floorDiv(seconds, STEP.toSeconds()) * STEP.toSeconds());
    }

    @Override
    public SourceDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Source.State state() {
        return Source.State.STATE_SERVING;
    }
}
