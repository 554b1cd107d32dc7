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
 * Knows what is right: the climatology is the same everywhere, so what an answer says of a place and an instant can be
 * computed here, without any task. Safe for use by many threads.
 */
final class ResponseChecker {
    /** Values are told to a tenth. */
    private static final double ROUNDING = 0.06;

    private static final double SAME_PLACE = 1e-9;

    private final Climatology climatology;
    private final Clock clock;

    ResponseChecker(Clock clock) {
        climatology = Climatology.embedded(clock);
        this.clock = clock;
    }

    /** What is wrong with a complete answer; empty if nothing is. */
    Optional<String> wrongIn(JsonObject answer, double latitude, double longitude) {
        try {
            JsonObject place = answer.getAsJsonObject("location").getAsJsonObject("coordinates");
            if (differ(coordinate(place, "latitude"), latitude, SAME_PLACE)
                    || differ(coordinate(place, "longitude"), longitude, SAME_PLACE)) {
                return Optional.of(said(latitude, longitude, "place", place));
            }
            GeoPoint point = new GeoPoint(latitude, longitude, OptionalDouble.empty());
            JsonObject temperature = answer.getAsJsonObject("temperature");
            if (differ(
                    temperature.get("temperatureCelsius").getAsDouble(),
                    reading(point, temperature).temperature().value(),
                    ROUNDING)) {
                return Optional.of(said(latitude, longitude, "temperature", temperature));
            }
            JsonObject humidity = answer.getAsJsonObject("relativeHumidity");
            if (differ(
                    humidity.get("relativeHumidityPercent").getAsDouble(),
                    reading(point, humidity).humidity().value(),
                    ROUNDING)) {
                return Optional.of(said(latitude, longitude, "humidity", humidity));
            }
            return Optional.empty();
        } catch (RuntimeException e) {
            // Something is missing, or is of another type.
            return Optional.of("not the contract's answer for " + latitude + ", " + longitude + ": " + answer);
        }
    }

    /** An answer's JSON; empty if it is none. */
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

    /** A coordinate of zero may be left out; a reading of zero may not, as it would be none. */
    private static double coordinate(JsonObject object, String name) {
        return object.has(name) ? object.get(name).getAsDouble() : 0;
    }

    private static boolean differ(double one, double other, double rounding) {
        return !(Math.abs(one - other) <= rounding);
    }

    private static String said(double latitude, double longitude, String what, JsonObject json) {
        return String.format(Locale.ROOT, "at %.4f, %.4f the %s: %s", latitude, longitude, what, json);
    }
}
