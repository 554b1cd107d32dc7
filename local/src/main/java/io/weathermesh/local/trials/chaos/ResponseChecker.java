package io.weathermesh.local.trials.chaos;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.weathermesh.sources.GeoPoint;
import io.weathermesh.sources.Reading;
import io.weathermesh.sources.climatology.Climatology;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Compares responses with the climatology, which is computed here for the response's place and instant, without any task.
 * Safe for use by many threads.
 */
final class ResponseChecker {
    /** Values have one decimal; the rest is for rounding. */
    private static final double TOLERANCE = 0.06;

    private static final double COORDINATE_TOLERANCE = 1e-9;

    private final Climatology climatology;
    private final Clock clock;

    ResponseChecker(Clock clock) {
        climatology = Climatology.embedded(clock);
        this.clock = clock;
    }

    /** What is wrong with a complete response; empty if nothing is. */
    Optional<String> errorIn(JsonObject response, double latitude, double longitude) {
        try {
            JsonObject place = response.getAsJsonObject("location").getAsJsonObject("coordinates");
            if (differ(coordinate(place, "latitude"), latitude, COORDINATE_TOLERANCE)
                    || differ(coordinate(place, "longitude"), longitude, COORDINATE_TOLERANCE)) {
                return Optional.of(mismatch(latitude, longitude, "place", place));
            }
            GeoPoint point = new GeoPoint(latitude, longitude, OptionalDouble.empty());
            JsonObject temperature = response.getAsJsonObject("temperature");
            if (differ(
                    temperature.get("temperatureCelsius").getAsDouble(),
                    reading(point, temperature).temperature().value(),
                    TOLERANCE)) {
                return Optional.of(mismatch(latitude, longitude, "temperature", temperature));
            }
            JsonObject humidity = response.getAsJsonObject("relativeHumidity");
            if (differ(
                    humidity.get("relativeHumidityPercent").getAsDouble(),
                    reading(point, humidity).humidity().value(),
                    TOLERANCE)) {
                return Optional.of(mismatch(latitude, longitude, "humidity", humidity));
            }
            return Optional.empty();
        } catch (RuntimeException e) {
            // A member is missing or of another type.
            return Optional.of("not a response of the contract for " + latitude + ", " + longitude + ": " + response);
        }
    }

    /** The JSON object of a body; empty if it is none. */
    static Optional<JsonObject> parse(String body) {
        try {
            return Optional.of(JsonParser.parseString(body).getAsJsonObject());
        } catch (JsonParseException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private Reading reading(GeoPoint point, JsonObject value) {
        String observed = value.getAsJsonObject("provenance").get("observeTime").getAsString();
        return climatology.usual(point, Instant.parse(observed), clock.instant());
    }

    /** ProtoJSON may leave out a coordinate of zero, but not a reading of zero: it would be a missing value. */
    private static double coordinate(JsonObject object, String name) {
        return object.has(name) ? object.get(name).getAsDouble() : 0;
    }

    private static boolean differ(double one, double other, double tolerance) {
        return !(Math.abs(one - other) <= tolerance);
    }

    private static String mismatch(double latitude, double longitude, String what, JsonObject json) {
        return String.format(Locale.ROOT, "at %.4f, %.4f the %s: %s", latitude, longitude, what, json);
    }
}
