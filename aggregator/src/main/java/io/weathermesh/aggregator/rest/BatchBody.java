package io.weathermesh.aggregator.rest;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.weathermesh.aggregator.weather.InvalidFieldException;
import io.weathermesh.aggregator.weather.WeatherLookup;
import io.weathermesh.proto.weather.v1.LookupWeatherRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a batch's questions out of a body of JSON, as strictly as RFC 8259 writes it. It follows the contract's own form
 * and nothing else, so it never goes deeper than that, whatever the body nests; what is not in the contract, or is there
 * twice, is refused by name.
 */
final class BatchBody {
    private static final String LIST = "requests";
    private static final String FIELDS = "countryCode, elevationMeters, languageCode, latitude, location, longitude";

    private final JsonReader json;

    private BatchBody(JsonReader json) {
        this.json = json;
    }

    /**
     * @throws MalformedBodyException if it is not JSON in UTF-8
     * @throws InvalidFieldException if it is not what the contract asks for
     */
    static List<LookupWeatherRequest> read(byte[] body) {
        JsonReader json = new JsonReader(new StringReader(text(body)));
        json.setStrictness(Strictness.STRICT);
        try {
            return new BatchBody(json).batch();
        } catch (EOFException e) {
            throw new MalformedBodyException("The body ends before its JSON does.");
        } catch (MalformedJsonException | NumberFormatException | IllegalStateException e) {
            throw new MalformedBodyException("The body is not JSON.");
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory cannot fail to be read", e);
        }
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedBodyException("The body is not UTF-8.");
        }
    }

    private List<LookupWeatherRequest> batch() throws IOException {
        List<LookupWeatherRequest> questions = new ArrayList<>();
        expect(JsonToken.BEGIN_OBJECT, "body", "be an object with " + LIST);
        json.beginObject();
        Set<String> seen = new HashSet<>();
        while (json.hasNext()) {
            String name = json.nextName();
            if (!name.equals(LIST)) {
                throw InvalidFieldException.unknown(name, "be " + LIST);
            }
            once(seen, name, LIST);
            expect(JsonToken.BEGIN_ARRAY, LIST, "be a list of 1 to " + WeatherLookup.MAX_BATCH + " requests");
            json.beginArray();
            while (json.hasNext()) {
                if (questions.size() == WeatherLookup.MAX_BATCH) {
                    throw new InvalidFieldException(
                            LIST,
                            "has more than " + WeatherLookup.MAX_BATCH + " requests",
                            "have between 1 and " + WeatherLookup.MAX_BATCH);
                }
                questions.add(question(LIST + "[" + questions.size() + "]"));
            }
            json.endArray();
        }
        json.endObject();
        if (json.peek() != JsonToken.END_DOCUMENT) {
            throw new MalformedBodyException("Something follows the end of the JSON.");
        }
        return questions;
    }

    private LookupWeatherRequest question(String path) throws IOException {
        LookupWeatherRequest.Builder question = LookupWeatherRequest.newBuilder();
        expect(JsonToken.BEGIN_OBJECT, path, "be an object with a location, or with latitude and longitude");
        json.beginObject();
        Set<String> seen = new HashSet<>();
        while (json.hasNext()) {
            String name = json.nextName();
            String field = path + "." + name;
            once(seen, name, field);
            switch (name) {
                case "location" -> question.setLocation(words(field));
                case "latitude" -> question.setLatitude(number(field));
                case "longitude" -> question.setLongitude(number(field));
                case "elevationMeters" -> question.setElevationMeters(number(field));
                case "countryCode" -> question.setCountryCode(words(field));
                case "languageCode" -> question.setLanguageCode(words(field));
                default -> throw InvalidFieldException.unknown(field, "be one of " + FIELDS);
            }
        }
        json.endObject();
        return question.build();
    }

    private String words(String field) throws IOException {
        expect(JsonToken.STRING, field, "be a string");
        String words = json.nextString();
        boolean whole = words.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        if (!whole) {
            throw new InvalidFieldException(field, "has half of a surrogate pair", "have whole Unicode characters");
        }
        return words;
    }

    private double number(String field) throws IOException {
        expect(JsonToken.NUMBER, field, "be a number such as 48.21");
        return json.nextDouble();
    }

    private void expect(JsonToken expected, String field, String must) throws IOException {
        JsonToken found = json.peek();
        if (found != expected) {
            String what = found == JsonToken.END_DOCUMENT ? "is empty" : "is of another JSON type";
            throw new InvalidFieldException(field, what, must);
        }
    }

    private static void once(Set<String> seen, String name, String field) {
        if (!seen.add(name)) {
            throw new InvalidFieldException(field, "is given twice", "be given once");
        }
    }
}
