package io.weathermesh.aggregator.rest;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.linecorp.armeria.common.HttpStatus;
import io.weathermesh.aggregator.weather.WeatherLookup;
import io.weathermesh.proto.weather.v1.LookupWeatherRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Parses {@code BatchLookupWeatherRequest} in its ProtoJSON form, strictly as JSON (RFC 8259): a field may have its JSON name
 * or that of the contract, null is the same as absent, and a number may be a string. It never goes deeper than the contract
 * does, whatever the body nests. Unknown and repeated fields are refused by the name that was sent.
 */
final class BatchBody {
    private static final String LIST = "requests";
    private static final Set<String> JSON_NAMES = LookupWeatherRequest.getDescriptor().getFields().stream()
            .map(FieldDescriptor::getJsonName)
            .collect(Collectors.toUnmodifiableSet());
    private static final Map<String, FieldDescriptor> FIELDS = fields();

    private final JsonReader json;

    private BatchBody(JsonReader json) {
        this.json = json;
    }

    private static Map<String, FieldDescriptor> fields() {
        Map<String, FieldDescriptor> fields = new HashMap<>();
        for (FieldDescriptor field : LookupWeatherRequest.getDescriptor().getFields()) {
            fields.put(field.getJsonName(), field);
            fields.put(field.getName(), field);
        }
        return Map.copyOf(fields);
    }

    /**
     * @throws ProblemException if the body is not JSON in UTF-8, or the JSON is not a batch
     */
    static List<LookupWeatherRequest> read(byte[] body) {
        JsonReader json = new JsonReader(new StringReader(text(body)));
        json.setStrictness(Strictness.STRICT);
        try {
            return new BatchBody(json).batch();
        } catch (EOFException e) {
            throw malformed("The body ends before its JSON does.");
        } catch (MalformedJsonException | IllegalStateException e) {
            throw malformed("The body is not JSON.");
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
            throw malformed("The body is not UTF-8.");
        }
    }

    private static ProblemException malformed(String detail) {
        return ProblemException.malformedBody(HttpStatus.BAD_REQUEST, detail);
    }

    private List<LookupWeatherRequest> batch() throws IOException {
        List<LookupWeatherRequest> requests = new ArrayList<>();
        expect(JsonToken.BEGIN_OBJECT, "body", "an object with " + LIST);
        json.beginObject();
        Set<String> seen = new HashSet<>();
        while (json.hasNext()) {
            String name = json.nextName();
            if (!name.equals(LIST)) {
                throw Parameters.unknown(name, name, Set.of(LIST));
            }
            checkOnce(seen, name, name);
            if (!isNull()) {
                readList(requests);
            }
        }
        json.endObject();
        if (json.peek() != JsonToken.END_DOCUMENT) {
            throw malformed("The body continues after its JSON.");
        }
        return requests;
    }

    private void readList(List<LookupWeatherRequest> requests) throws IOException {
        expect(JsonToken.BEGIN_ARRAY, LIST, "a list of 1 to " + WeatherLookup.MAX_BATCH + " requests");
        json.beginArray();
        while (json.hasNext()) {
            if (requests.size() == WeatherLookup.MAX_BATCH) {
                throw ProblemException.invalid(
                        LIST,
                        "has more than " + WeatherLookup.MAX_BATCH + " requests, but must have between 1 and "
                                + WeatherLookup.MAX_BATCH);
            }
            requests.add(request(LIST + "[" + requests.size() + "]"));
        }
        json.endArray();
    }

    private LookupWeatherRequest request(String path) throws IOException {
        LookupWeatherRequest.Builder request = LookupWeatherRequest.newBuilder();
        expect(JsonToken.BEGIN_OBJECT, path, "an object with a location, or with latitude and longitude");
        json.beginObject();
        Set<String> seen = new HashSet<>();
        while (json.hasNext()) {
            String name = json.nextName();
            String fieldPath = path + "." + name;
            FieldDescriptor field = FIELDS.get(name);
            if (field == null) {
                throw Parameters.unknown(fieldPath, name, JSON_NAMES);
            }
            checkOnce(seen, field.getName(), fieldPath);
            if (!isNull()) {
                request.setField(
                        field,
                        field.getJavaType() == FieldDescriptor.JavaType.DOUBLE ? number(fieldPath) : words(fieldPath));
            }
        }
        json.endObject();
        return request.build();
    }

    /** Whether the next value is null; reads it then. */
    private boolean isNull() throws IOException {
        boolean isNull = json.peek() == JsonToken.NULL;
        if (isNull) {
            json.nextNull();
        }
        return isNull;
    }

    private String words(String path) throws IOException {
        expect(JsonToken.STRING, path, "a string");
        String words = json.nextString();
        if (words.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw ProblemException.invalid(
                    path, "has half of a surrogate pair, but must have whole Unicode characters");
        }
        return words;
    }

    private Double number(String path) throws IOException {
        if (json.peek() != JsonToken.STRING) {
            expect(JsonToken.NUMBER, path, "a number such as 48.21");
        }
        return Parameters.number(path, json.nextString());
    }

    private void expect(JsonToken expected, String path, String must) throws IOException {
        JsonToken found = json.peek();
        if (found != expected) {
            String what = found == JsonToken.END_DOCUMENT ? "is empty" : "is " + nameOf(found);
            throw ProblemException.invalid(path, what + ", but must be " + must);
        }
    }

    private static String nameOf(JsonToken token) {
        return switch (token) {
            case BEGIN_ARRAY -> "a list";
            case BEGIN_OBJECT -> "an object";
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            default -> "null";
        };
    }

    private static void checkOnce(Set<String> seen, String name, String path) {
        if (!seen.add(name)) {
            throw ProblemException.invalid(path, "is given twice, but must be given once");
        }
    }
}
