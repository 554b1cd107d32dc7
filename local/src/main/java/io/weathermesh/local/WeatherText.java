package io.weathermesh.local;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Formats the gateway's JSON as a few lines. A missing field is left out. */
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
        weather.entrySet().stream()
                .filter(field -> field.getValue() instanceof JsonObject value && value.has("provenance"))
                .forEach(field -> text.append(reading(field.getKey(), (JsonObject) field.getValue())));
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
        String message = Stream.of(text(problem, "title"), text(problem, "detail"))
                .flatMap(Optional::stream)
                .map(sentence -> sentence.replaceFirst("\\.$", ""))
                .distinct()
                .collect(Collectors.joining(": "));
        StringBuilder lines = new StringBuilder("weather: ")
                .append(message.isEmpty() ? "the gateway sent no problem details" : message)
                .append('\n');
        if (problem.get("suggestions") instanceof JsonArray suggestions && !suggestions.isEmpty()) {
            lines.append("Did you mean:\n");
            suggestions.forEach(suggestion -> lines.append("  ./weather get \"")
                    .append(suggestion.getAsString())
                    .append("\"\n"));
        }
        return lines.toString();
    }

    /** A reading: its value is its only number. */
    private static String reading(String name, JsonObject reading) {
        String label = name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
        String unit = text(reading, "unit").orElse("").replace("Cel", "°C");
        return reading.entrySet().stream()
                .filter(field -> field.getValue() instanceof JsonPrimitive value && value.isNumber())
                .map(field -> line(label, reading, field.getKey(), unit))
                .collect(Collectors.joining());
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
        String kindAndSource = member(holder, "provenance")
                .map(provenance -> "   " + source(provenance))
                .orElse("");
        return String.format(Locale.ROOT, "  %-18s %6.1f %s%s%s%n", label, value, unit, uncertainty, kindAndSource);
    }

    /** The kind of the value, and its source if it differs. */
    private static String source(JsonObject provenance) {
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
