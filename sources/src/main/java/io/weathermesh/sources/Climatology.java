package io.weathermesh.sources;

import io.weathermesh.proto.common.v1.Kind;
import io.weathermesh.proto.common.v1.Quality;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.OptionalDouble;

/**
 * What is usual at a point, season and hour. Embedded, always there, never wrong about today because it says nothing of
 * today. Immutable.
 *
 * <p>Temperature follows the mean of the season and the course of a usual day; the vapor pressure is held over the day,
 * so relative humidity falls as it warms. One pass gives both, whichever is asked for: the two providers need no call to
 * each other.
 */
final class Climatology {
    /** How the source names itself. */
    static final SourceDescription DESCRIPTION = new SourceDescription(
            "climatology",
            "Embedded climatology",
            Kind.KIND_CLIMATOLOGY,
            "Monthly means collected by weather-mesh from national weather services; NOAA COADS over the oceans",
            "https://www.apache.org/licenses/LICENSE-2.0",
            "");

    /** Values are computed for steps of this length, so that two providers and every cache agree. */
    static final Duration STEP = Duration.ofMinutes(10);

    private static final double LEAST_HUMIDITY = 5;
    private static final double UNVERIFIED_HUMIDITY_PENALTY = 3;
    private static final double DEGREES_PER_HOUR = 15;
    private static final double MOSTLY = 0.5;

    private final Interpolation interpolation;

    Climatology(Interpolation interpolation) {
        this.interpolation = interpolation;
    }

    /** With the embedded tables. */
    static Climatology embedded() {
        return new Climatology(new Interpolation(Normal.table(), ZonalOcean.table()));
    }

    /** The twelve monthly means at a point. */
    UsualYear year(GeoPoint point) {
        return interpolation.at(point);
    }

    /** What is usual at a point around an instant. */
    Reading read(GeoPoint point, Instant instant, Instant now) {
        UsualYear year = interpolation.at(point);
        Instant step = step(instant);
        OffsetDateTime utc = step.atOffset(ZoneOffset.UTC);
        double hour = utc.toLocalTime().toSecondOfDay() / 3600.0;
        double day = utc.getDayOfYear() - 1 + hour / 24;
        double meanTemperature = year.temperature().at(day);
        double meanHumidity = year.humidity().at(day);
        double solarHour = (hour + point.longitude() / DEGREES_PER_HOUR + 24) % 24;
        double temperature = meanTemperature + DayCurve.deviation(point.latitude(), day, solarHour, meanHumidity);
        double vapor = meanHumidity / 100 * Saturation.hectopascals(meanTemperature);
        double humidity = Math.max(LEAST_HUMIDITY, Math.min(100, 100 * vapor / Saturation.hectopascals(temperature)));
        return reading(year, temperature, humidity, step, now);
    }

    /** The usual year as a reading that stands for no instant: its mean, and how sure it is. */
    static Reading describe(UsualYear year, Instant now) {
        return reading(year, year.temperature().at(0), year.humidity().at(0), now, now);
    }

    private static Reading reading(UsualYear year, double temperature, double humidity, Instant observed, Instant now) {
        return new Reading(
                year.point(),
                new Reading.Value(
                        temperature, OptionalDouble.of(Uncertainty.ofTemperature(year)), temperatureQuality(year)),
                new Reading.Value(humidity, OptionalDouble.of(Uncertainty.ofHumidity(year)), humidityQuality(year)),
                DESCRIPTION,
                observed,
                now,
                step(now).plus(STEP),
                OptionalDouble.of(year.kilometersToNearest() * 1_000),
                "");
    }

    /** The beginning of the step that an instant is in. */
    static Instant step(Instant instant) {
        long seconds = instant.truncatedTo(ChronoUnit.SECONDS).getEpochSecond();
        return Instant.ofEpochSecond(Math.floorDiv(seconds, STEP.toSeconds()) * STEP.toSeconds());
    }

    private static Quality temperatureQuality(UsualYear year) {
        return year.atPlace() ? Quality.QUALITY_GOOD : Quality.QUALITY_ESTIMATED;
    }

    private static Quality humidityQuality(UsualYear year) {
        return year.verifiedShare() < MOSTLY ? Quality.QUALITY_UNVERIFIED : temperatureQuality(year);
    }

    static double unverifiedPenalty(UsualYear year) {
        return UNVERIFIED_HUMIDITY_PENALTY * (1 - year.verifiedShare());
    }
}
