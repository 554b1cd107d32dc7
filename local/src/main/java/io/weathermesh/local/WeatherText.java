package io.weathermesh.local;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
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
        weather.entrySet().stream()
                .filter(field -> field.getValue() instanceof JsonObject value && value.has("provenance"))
                .forEach(field -> text.append(element(field.getKey(), (JsonObject) field.getValue())));
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

    /** What a provider filled in: a value, which is its only number, with its unit and its provenance. */
    private static String element(String name, JsonObject element) {
        String label = name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
        String unit = text(element, "unit").orElse("").replace("Cel", "°C");
        return element.entrySet().stream()
                .filter(field -> field.getValue() instanceof JsonPrimitive value && value.isNumber())
                .map(field -> line(label, element, field.getKey(), unit))
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
