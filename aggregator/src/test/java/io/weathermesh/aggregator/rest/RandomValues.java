package io.weathermesh.aggregator.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Values at random for parameters and bodies: mostly what their schemas allow, with a liking for the limits. */
final class RandomValues {
    /** What is a place, in each of the ways to name one. */
    private static final List<String> PLACES = List.of(
            "Vienna",
            "wien",
            "Paris, TX, US",
            "LOWW",
            "vie",
            "48.21,16.37",
            "-33.9, 18.4",
            "São Paulo",
            "東京",
            "N",
            "Reykjavik",
            "Springfield",
            "Viennna",
            "Wien, AT",
            "90,180",
            "-90,-180",
            "0,0");

    private static final List<String> COUNTRIES = List.of("AT", "US", "fr", "JP");
    private static final List<String> LANGUAGES = List.of("de", "pt-BR", "en", "zh-Hant-TW", "xx");

    /** What no schema foresees. */
    private static final List<String> ODD = List.of(
            "",
            " ",
            "\u0000",
            "a\r\nb: c",
            "%ff",
            "..",
            "/",
            ";a=b",
            "\ufeff",
            "\u202eabc",
            "💨",
            "null",
            "NaN",
            "1e309",
            "0x10",
            "١٢",
            "-0",
            "99999999999999999999",
            "' OR 1=1 --",
            "<script>alert(1)</script>",
            "${jndi:x}",
            "91,0",
            "1,2,3",
            "48.21;16.37",
            "\ud83d",
            "a".repeat(201),
            "ä".repeat(200));

    private static final List<String> CONTENT_TYPES = List.of(
            "text/plain",
            "application/json; charset=iso-8859-1",
            "application/jsonp",
            "application/x-www-form-urlencoded");

    /** The limits of a batch, and one more. */
    private static final List<Integer> BATCH_LIMITS = List.of(0, 100, 101);

    private static final int TOO_LARGE_BYTES = 70_000;
    private static final int DEEP = 2_000;

    private final Random random;
    private final JsonObject question;

    RandomValues(ContractCheck contract, Random random) {
        this.random = random;
        question = contract.document()
                .getAsJsonObject("components")
                .getAsJsonObject("schemas")
                .getAsJsonObject("LookupWeatherRequest")
                .getAsJsonObject("properties");
    }

    boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** Letters that name nothing. */
    String word() {
        StringBuilder word = new StringBuilder();
        for (int left = 1 + random.nextInt(8); left > 0; left--) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }

    /** A parameter's value in a URL. */
    String text(JsonObject parameter) {
        if (oneIn(8)) {
            return any(ODD);
        }
        JsonElement value = allowed(parameter.get("name").getAsString(), parameter.getAsJsonObject("schema"));
        return value.getAsString();
    }

    /** The same where nothing would make another path of it. */
    String nonEmptyText(JsonObject parameter) {
        String text = text(parameter);
        return text.isEmpty() ? "-" : text;
    }

    /** A value that the schema allows. */
    private JsonElement allowed(String name, JsonObject schema) {
        return switch (schema.get("type").getAsString()) {
            case "number" -> new JsonPrimitive(between(schema, 2));
            case "integer" -> new JsonPrimitive(between(schema, 0));
            default -> new JsonPrimitive(string(name));
        };
    }

    private BigDecimal between(JsonObject schema, int digits) {
        double low = schema.get("minimum").getAsDouble();
        double high = schema.get("maximum").getAsDouble();
        double value = oneIn(5) ? (random.nextBoolean() ? low : high) : low + random.nextDouble() * (high - low);
        return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_EVEN);
    }

    private String string(String name) {
        return switch (name) {
            case "countryCode" -> any(COUNTRIES);
            case "language", "languageCode" -> any(LANGUAGES);
            case "location", "query" -> oneIn(6) ? word() : any(PLACES);
            default -> word();
        };
    }

    String contentType() {
        return oneIn(12) ? any(CONTENT_TYPES) : oneIn(2) ? "application/json" : "application/json; charset=utf-8";
    }

    /** The body of a batch. */
    String body() {
        if (oneIn(30)) {
            return "{\"requests\": [" + " ".repeat(TOO_LARGE_BYTES) + "]}";
        }
        if (oneIn(30)) {
            return "[".repeat(DEEP);
        }
        JsonArray requests = new JsonArray();
        for (int left = oneIn(10) ? any(BATCH_LIMITS) : 1 + random.nextInt(4); left > 0; left--) {
            requests.add(oneIn(20) ? odd() : question());
        }
        JsonObject batch = new JsonObject();
        batch.add("requests", oneIn(30) ? odd() : requests);
        if (oneIn(30)) {
            batch.add(word(), odd());
        }
        String body = batch.toString();
        return oneIn(20) ? body.substring(0, random.nextInt(body.length())) : body;
    }

    private JsonObject question() {
        JsonObject asked = new JsonObject();
        boolean byName = random.nextBoolean();
        for (Map.Entry<String, JsonElement> field : question.entrySet()) {
            boolean where = field.getKey().endsWith("itude");
            boolean wanted = field.getKey().equals("location") ? byName : where ? !byName : oneIn(4);
            if (wanted != oneIn(30)) {
                asked.add(
                        field.getKey(),
                        oneIn(25)
                                ? odd()
                                : allowed(field.getKey(), field.getValue().getAsJsonObject()));
            }
        }
        return asked;
    }

    private JsonElement odd() {
        return any(List.of(
                JsonNull.INSTANCE,
                new JsonPrimitive(true),
                new JsonPrimitive(-1e300),
                new JsonPrimitive(any(ODD)),
                new JsonArray(),
                new JsonObject()));
    }
}
