package io.weathermesh.aggregator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.rpc.Code;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The limits in {@code /openapi.json} are exact: a value at a limit is accepted, the next one is refused. */
final class DocumentedLimitsTest {
    private static final ContractCheck CONTRACT = new ContractCheck();
    private static final String BATCH = "/v1/weather:batch";

    /** The step beyond a limit. */
    private static final BigDecimal STEP = new BigDecimal("0.01");

    /** What is long and still a name of its kind. */
    private static final Map<String, String> LONG = Map.of(
            "location",
            "a".repeat(1_000),
            "query",
            "a".repeat(1_000),
            "language",
            "de" + "-abcdefgh".repeat(100),
            "languageCode",
            "de" + "-abcdefgh".repeat(100));

    @AutoClose
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.start(TestGateway.quietLayers());
    }

    /** A parameter of a path, or a field of a batch, with a value at a limit and one beyond it. */
    private record Limit(String path, String name, String within, String beyond) {}

    static Stream<Limit> ofParameters() {
        List<Limit> limits = new ArrayList<>();
        for (Map.Entry<String, JsonElement> path :
                CONTRACT.document().getAsJsonObject("paths").entrySet()) {
            JsonObject get = path.getValue().getAsJsonObject().getAsJsonObject("get");
            if (get == null || !get.has("parameters") || path.getKey().endsWith("/stream")) {
                continue;
            }
            for (JsonElement one : get.getAsJsonArray("parameters")) {
                JsonObject parameter = CONTRACT.resolve(one.getAsJsonObject());
                limits.addAll(limits(
                        path.getKey(), parameter.get("name").getAsString(), parameter.getAsJsonObject("schema")));
            }
        }
        assertThat(limits).hasSizeGreaterThan(20);
        return limits.stream();
    }

    static Stream<Limit> ofFields() {
        List<Limit> limits = new ArrayList<>();
        schema("LookupWeatherRequest")
                .entrySet()
                .forEach(field -> limits.addAll(
                        limits(BATCH, field.getKey(), field.getValue().getAsJsonObject())));
        assertThat(limits).hasSize(8);
        return limits.stream();
    }

    private static List<Limit> limits(String path, String name, JsonObject schema) {
        List<Limit> limits = new ArrayList<>();
        if (schema.has("maximum")) {
            boolean whole = schema.get("type").getAsString().equals("integer");
            BigDecimal step = whole ? BigDecimal.ONE : STEP;
            BigDecimal least = schema.get("minimum").getAsBigDecimal();
            BigDecimal most = schema.get("maximum").getAsBigDecimal();
            limits.add(new Limit(
                    path, name, least.toPlainString(), least.subtract(step).toPlainString()));
            limits.add(
                    new Limit(path, name, most.toPlainString(), most.add(step).toPlainString()));
        }
        // A token of any length may belong to no search.
        if (schema.has("maxLength") && LONG.containsKey(name)) {
            String text = LONG.getOrDefault(name, "");
            int most = schema.get("maxLength").getAsInt();
            limits.add(new Limit(path, name, text.substring(0, most), text.substring(0, most + 1)));
        }
        return limits;
    }

    @ParameterizedTest
    @MethodSource("ofParameters")
    void theDocumentedRangeOfAParameterIsTheLimit(Limit limit) throws Exception {
        assertThat(gateway.get(target(limit, limit.within())).statusCode()).isIn(200, 404);
        HttpResponse<String> refused = gateway.get(target(limit, limit.beyond()));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("\"parameter\":\"" + limit.name() + "\"");
    }

    /** A request whose only fault can be the value. */
    private static String target(Limit limit, String value) {
        String name = limit.name();
        String own = URLEncoder.encode(value, StandardCharsets.UTF_8);
        if (limit.path().contains("{" + name + "}")) {
            return limit.path().replace("{" + name + "}", own);
        }
        String path = limit.path().replace("{location}", "Vienna");
        String place = limit.path().contains("{location}")
                        || List.of("location", "query").contains(name)
                ? ""
                : switch (name) {
                    case "latitude" -> "&longitude=0";
                    case "longitude" -> "&latitude=0";
                    default -> limit.path().equals("/v1/locations") ? "&query=Vienna" : "&location=Vienna";
                };
        return path + "?" + name + "=" + own + place;
    }

    @ParameterizedTest
    @MethodSource("ofFields")
    void theDocumentedRangeOfAFieldIsTheLimit(Limit limit) throws Exception {
        assertThat(outcome(limit, limit.within())).isNotEqualTo(Code.INVALID_ARGUMENT.getNumber());
        assertThat(outcome(limit, limit.beyond())).isEqualTo(Code.INVALID_ARGUMENT.getNumber());
    }

    /** The code of the error of a batch of one; 0 if there is none. */
    private static int outcome(Limit limit, String value) throws Exception {
        JsonObject question = new JsonObject();
        switch (limit.name()) {
            case "location" -> question.addProperty("location", value);
            case "latitude", "longitude" -> {
                question.addProperty("latitude", BigDecimal.ZERO);
                question.addProperty("longitude", BigDecimal.ZERO);
                question.addProperty(limit.name(), new BigDecimal(value));
            }
            case "languageCode" -> {
                question.addProperty("location", "Vienna");
                question.addProperty(limit.name(), value);
            }
            default -> {
                question.addProperty("location", "Vienna");
                question.addProperty(limit.name(), new BigDecimal(value));
            }
        }
        HttpResponse<String> response = post(1, question);
        assertThat(response.statusCode()).isEqualTo(200);
        JsonObject result = JsonParser.parseString(response.body())
                .getAsJsonObject()
                .getAsJsonArray("results")
                .get(0)
                .getAsJsonObject();
        return result.has("error") ? result.getAsJsonObject("error").get("code").getAsInt() : 0;
    }

    @Test
    void theDocumentedSizeOfABatchIsTheLimit() throws Exception {
        JsonObject requests = schema("BatchLookupWeatherRequest").getAsJsonObject("requests");
        int least = requests.get("minItems").getAsInt();
        int most = requests.get("maxItems").getAsInt();
        assertThat(answered(least - 1)).isEqualTo(400);
        assertThat(answered(least)).isEqualTo(200);
        assertThat(answered(most)).isEqualTo(200);
        assertThat(answered(most + 1)).isEqualTo(400);
    }

    private static int answered(int questions) throws Exception {
        JsonObject vienna = new JsonObject();
        vienna.addProperty("location", "Vienna");
        return post(questions, vienna).statusCode();
    }

    private static HttpResponse<String> post(int times, JsonObject question) throws Exception {
        JsonArray questions = new JsonArray();
        for (int i = 0; i < times; i++) {
            questions.add(question);
        }
        JsonObject batch = new JsonObject();
        batch.add("requests", questions);
        return gateway.post(BATCH, batch.toString(), "Content-Type", "application/json");
    }

    private static JsonObject schema(String message) {
        return CONTRACT.document()
                .getAsJsonObject("components")
                .getAsJsonObject("schemas")
                .getAsJsonObject(message)
                .getAsJsonObject("properties");
    }
}
