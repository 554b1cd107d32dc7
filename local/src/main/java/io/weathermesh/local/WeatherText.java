package io.weathermesh.local;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The gateway's JSON as a few lines for a person. What is not there is left out, never guessed. */
final class WeatherText {
    private WeatherText() {}

    static String of(JsonObject weather) {
        StringBuilder text = new StringBuilder();
        String place = member(weather, "location")
                .flatMap(location -> text(location, "displayName"))
                .orElse("");
        String time = text(weather, "localTime")
                .or(() -> text(weather, "effectiveTime"))
                .orElse("");
        text.append(place).append(", ").append(time).append('\n');
        member(weather, "temperature")
                .ifPresent(value -> text.append(line("temperature", value, "temperatureCelsius", "°C")));
        member(weather, "relativeHumidity")
                .ifPresent(value -> text.append(line("relative humidity", value, "relativeHumidityPercent", "%")));
        member(weather, "derived").ifPresent(derived -> {
            text.append(line("dew point", derived, "dewPointCelsius", "°C"));
            text.append(line("wet bulb", derived, "wetBulbCelsius", "°C"));
            text.append(line("heat index", derived, "heatIndexCelsius", "°C"));
            text.append(line("humidex", derived, "humidex", ""));
        });
        if (weather.has("problems")) {
            for (JsonElement problem : weather.getAsJsonArray("problems")) {
                text.append("  missing or stale    ")
                        .append(text(problem.getAsJsonObject(), "detail").orElse(""))
                        .append('\n');
            }
        }
        return text.toString();
    }

    static String ofProblem(JsonObject problem) {
        String detail = Stream.of(text(problem, "title"), text(problem, "detail"))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(": "));
        return "weather: " + (detail.isEmpty() ? "the gateway did not answer" : detail) + "\n";
    }

    private static String line(String label, JsonObject holder, String field, String unit) {
        if (!holder.has(field)) {
            return "";
        }
        double value = holder.get(field).getAsDouble();
        String uncertainty = member(holder, "provenance")
                .flatMap(provenance -> text(provenance, "uncertainty"))
                .map(sigma -> String.format(Locale.ROOT, " ± %.1f", Double.parseDouble(sigma)))
                .orElse("");
        String origin = member(holder, "provenance")
                .map(provenance -> "   " + origin(provenance))
                .orElse("");
        return String.format(Locale.ROOT, "  %-18s %6.1f %s%s%s%n", label, value, unit, uncertainty, origin);
    }

    /** The kind of the value, and its source where that says more. */
    private static String origin(JsonObject provenance) {
        String kind =
                text(provenance, "kind").orElse("").toLowerCase(Locale.ROOT).replace("kind_", "");
        String source = text(provenance, "source").orElse("");
        return source.equals(kind) ? kind : kind + " from " + source;
    }

    private static Optional<JsonObject> member(JsonObject object, String field) {
        return Optional.ofNullable(object.getAsJsonObject(field));
    }

    private static Optional<String> text(JsonObject object, String field) {
        return Optional.ofNullable(object.get(field))
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsString);
    }
}
