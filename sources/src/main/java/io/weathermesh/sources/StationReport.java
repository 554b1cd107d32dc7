package io.weathermesh.sources;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.weathermesh.proto.common.v1.Quality;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One METAR: air temperature and dew point at an airport.
 *
 * @param id the station, as ICAO names it
 * @param station where it stands; its elevation is always known
 * @param time when it was measured
 * @param air degrees Celsius
 * @param dewPoint degrees Celsius
 * @param rounding one standard deviation of what rounding did to both, kelvins
 */
record StationReport(String id, GeoPoint station, Instant time, double air, double dewPoint, double rounding) {
    /** Spread of a uniform error of one degree: 1 / sqrt(12). */
    private static final double WHOLE_DEGREES = 0.29;

    private static final double TENTHS = 0.029;

    /** Half of the 1 K that ICAO Annex 3 wants of both, counted as two standard deviations. */
    private static final double INSTRUMENT = 0.5;

    /** American remarks carry both to tenths: T, then sign and tenths of each. */
    private static final Pattern REMARK = Pattern.compile("\\bT([01])(\\d{3})([01])(\\d{3})\\b");

    static boolean tellsBoth(JsonObject report) {
        return isNumber(report.get("temp")) && isNumber(report.get("dewp"));
    }

    private static boolean isNumber(@org.jspecify.annotations.Nullable JsonElement element) {
        return element != null
                && element.isJsonPrimitive()
                && element.getAsJsonPrimitive().isNumber();
    }

    static StationReport of(String source, JsonObject report) {
        double air = Numbers.finite(source, report.get("temp").getAsDouble());
        double dewPoint = Numbers.finite(source, report.get("dewp").getAsDouble());
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

    /** From the dew point; whole degrees alone make it unsure by some percent. */
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
