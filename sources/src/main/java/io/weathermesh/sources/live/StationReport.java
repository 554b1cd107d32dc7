package io.weathermesh.sources.live;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.weathermesh.proto.common.v1.Quality;
import io.weathermesh.sources.GeoPoint;
import io.weathermesh.sources.Reading;
import io.weathermesh.sources.Saturation;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The air temperature and dew point of one METAR.
 *
 * @param id ICAO code of the station
 * @param station the station, with its elevation
 * @param time time of the observation
 * @param air finite, degrees Celsius
 * @param dewPoint finite, degrees Celsius
 * @param rounding one standard deviation of the rounding of both, kelvins
 */
record StationReport(String id, GeoPoint station, Instant time, double air, double dewPoint, double rounding) {
    /** One standard deviation of a uniform error of one degree: 1 / sqrt(12). */
    private static final double WHOLE_DEGREES = 0.29;

    private static final double TENTHS = 0.029;

    /** ICAO Annex 3 requires 1 K of both, taken as two standard deviations. */
    private static final double INSTRUMENT = 0.5;

    /** Remarks in the United States have both in tenths: T, then sign and tenths of each. */
    private static final Pattern REMARK = Pattern.compile("\\bT([01])(\\d{3})([01])(\\d{3})\\b");

    StationReport {
        if (!Double.isFinite(air) || !Double.isFinite(dewPoint)) {
            throw new IllegalArgumentException(
                    "air and dew point are " + air + " and " + dewPoint + ", but must be finite");
        }
    }

    /** Whether a report has both an air temperature and a dew point. */
    static boolean isComplete(JsonObject report) {
        return isNumber(report.get("temp")) && isNumber(report.get("dewp"));
    }

    private static boolean isNumber(@Nullable JsonElement element) {
        return element != null
                && element.isJsonPrimitive()
                && element.getAsJsonPrimitive().isNumber();
    }

    static StationReport of(JsonObject report) {
        double air = report.get("temp").getAsDouble();
        double dewPoint = report.get("dewp").getAsDouble();
        JsonElement raw = report.get("rawOb");
        Matcher remark = REMARK.matcher(raw == null || raw.isJsonNull() ? "" : raw.getAsString());
        boolean precise = remark.find();
        return new StationReport(
                report.get("icaoId").getAsString(),
                new GeoPoint(
                        report.get("lat").getAsDouble(),
                        report.get("lon").getAsDouble(),
                        OptionalDouble.of(report.get("elev").getAsDouble())),
                Instant.ofEpochSecond(report.get("obsTime").getAsLong()),
                precise ? tenths(remark.group(1), remark.group(2)) : air,
                precise ? tenths(remark.group(3), remark.group(4)) : dewPoint,
                precise ? TENTHS : WHOLE_DEGREES);
    }

    private static double tenths(String sign, String digits) {
        return (sign.equals("1") ? -1 : 1) * Integer.parseInt(digits) / 10.0;
    }

    Reading.Value temperature() {
        return new Reading.Value(air, OptionalDouble.of(spread()), Quality.QUALITY_GOOD);
    }

    /** Computed from the dew point; the rounding to whole degrees alone causes an uncertainty of some percent. */
    Reading.Value humidity() {
        double humidity = percent(air, dewPoint);
        double byAir = percent(air + spread(), dewPoint) - humidity;
        double byDewPoint = percent(air, dewPoint + spread()) - humidity;
        return new Reading.Value(humidity, OptionalDouble.of(Math.hypot(byAir, byDewPoint)), Quality.QUALITY_GOOD);
    }

    private double spread() {
        return Math.hypot(rounding, INSTRUMENT);
    }

    private static double percent(double air, double dewPoint) {
        return 100 * Saturation.hectopascals(dewPoint) / Saturation.hectopascals(air);
    }
}
