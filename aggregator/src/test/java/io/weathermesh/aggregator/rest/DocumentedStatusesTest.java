package io.weathermesh.aggregator.rest;

import static io.weathermesh.aggregator.rest.TestGateway.PATIENCE;
import static io.weathermesh.aggregator.rest.TestGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weathermesh.aggregator.openapi.OpenApiDocument;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Provokes every documented status of every route over real sockets: each must occur, and no other may.
 */
final class DocumentedStatusesTest {
    /** The query that a path requires. */
    private static final Map<String, String> QUERIES = Map.of(
            "/v1/weather", "?location=Vienna",
            "/v1/climate", "?location=Vienna",
            "/v1/locations", "?query=Vienna");

    private static final String BATCH = "{\"requests\": [{\"location\": \"Vienna\"}]}";
    private static final String[] JSON = {"Content-Type", "application/json"};

    private static final int A_MINUTE = 20;
    private static final Duration MAX_REQUEST_TIME = Duration.ofSeconds(3);

    private static final JsonObject DOCUMENT =
            JsonParser.parseString(OpenApiDocument.json()).getAsJsonObject();

    private static final SimpleMeterRegistry BUSY = new SimpleMeterRegistry();

    private static TestGateway whole;
    private static TestGateway broken;
    private static TestGateway busy;
    private static TestGateway strict;
    private static TestGateway impatient;

    @BeforeAll
    static void start() throws Exception {
        whole = TestGateway.start(TestGateway.quietLayers());
        broken = TestGateway.broken();
        busy = TestGateway.start(layers(OptionalInt.empty(), 1, BUSY));
        strict = TestGateway.start(layers(OptionalInt.of(A_MINUTE), 100, new SimpleMeterRegistry()));
        impatient = TestGateway.start(RequestLayers.create(
                RestSettings.defaults(AccessLogFormat.OFF), new SimpleMeterRegistry(), System.out, MAX_REQUEST_TIME));
    }

    @AfterAll
    static void stop() {
        whole.close();
        broken.close();
        busy.close();
        strict.close();
        impatient.close();
    }

    private static RequestLayers layers(OptionalInt requestsPerMinute, int maxInFlight, SimpleMeterRegistry meters) {
        RestSettings settings = new RestSettings(requestsPerMinute, 1, maxInFlight, AccessLogFormat.OFF);
        return RequestLayers.create(settings, meters, System.out);
    }

    @Test
    void everyDocumentedStatusIsProducedAndEveryProducedOneIsDocumented() throws Exception {
        for (Map.Entry<String, JsonElement> path :
                DOCUMENT.getAsJsonObject("paths").entrySet()) {
            JsonObject methods = path.getValue().getAsJsonObject();
            String target = path.getKey().replace("{location}", "Vienna") + QUERIES.getOrDefault(path.getKey(), "");
            boolean posted = methods.has("post");
            JsonObject documented =
                    methods.getAsJsonObject(posted ? "post" : "get").getAsJsonObject("responses");
            Map<String, HttpResponse<?>> produced = posted
                    ? produceByPost(target)
                    : target.endsWith("/stream") ? produceByStream(target) : produce(target);
            assertThat(new TreeSet<>(produced.keySet())).as(target).isEqualTo(new TreeSet<>(documented.keySet()));
            for (Map.Entry<String, HttpResponse<?>> one : produced.entrySet()) {
                isAsDocumented(one.getValue(), resolve(documented.getAsJsonObject(one.getKey())));
            }
        }
    }

    private static Map<String, HttpResponse<?>> produce(String target) throws Exception {
        Map<String, HttpResponse<?>> produced = new HashMap<>();
        String more = target + (target.contains("?") ? "&" : "?");
        keep(produced, whole.get(target));
        keep(produced, whole.get(target, "If-None-Match", "*"));
        keep(produced, whole.send("DELETE", target));
        keep(produced, whole.get(more + "a=" + "a".repeat(5_000)));
        keep(produced, whole.get(target, "X-Long", "a".repeat(9_000)));
        if (!target.startsWith("/v1/")) {
            if (!target.equals("/livez")) {
                broken.rest().lameDuckStarted();
                keep(produced, broken.get(target));
            }
            return produced;
        }
        keep(produced, whole.get(target, "If-Match", "\"other\""));
        keep(produced, whole.get(more + "nonsense=1"));
        keep(produced, whole.get(target.replace("Vienna", "Viennnna")));
        keep(produced, broken.get(target));
        for (int i = 0; i < 2 * A_MINUTE && !produced.containsKey("429"); i++) {
            keep(produced, strict.get(target, "X-Forwarded-For", "203.0.113.1"));
        }
        keep(produced, whileBusy(() -> busy.get(target)));
        return produced;
    }

    private static Map<String, HttpResponse<?>> produceByPost(String target) throws Exception {
        Map<String, HttpResponse<?>> produced = new HashMap<>();
        keep(produced, whole.post(target, BATCH, JSON));
        keep(produced, whole.get(target));
        keep(produced, whole.post(target, "{}", JSON));
        keep(produced, whole.post(target, BATCH, "Content-Type", "text/plain"));
        keep(produced, whole.post(target, BATCH + " ".repeat(70_000), JSON));
        keep(produced, whole.post(target + "?a=" + "a".repeat(5_000), BATCH, JSON));
        keep(produced, whole.post(target, BATCH, "Content-Type", "application/json", "X-Long", "a".repeat(9_000)));
        keep(produced, broken.post(target, BATCH, JSON));
        keep(produced, BareResponse.toUnfinished(impatient, target));
        for (int i = 0; i < 2 * A_MINUTE && !produced.containsKey("429"); i++) {
            keep(
                    produced,
                    strict.post(target, BATCH, "Content-Type", "application/json", "X-Forwarded-For", "203.0.113.9"));
        }
        keep(produced, whileBusy(() -> busy.post(target, BATCH, JSON)));
        return produced;
    }

    /** The response while the maximum of requests is in flight. */
    private static HttpResponse<?> whileBusy(Callable<HttpResponse<?>> question) throws Exception {
        busy.temperature().behave(FakeProvider.Behavior.WAITS);
        var waiting = busy.begin("/v1/weather/Vienna");
        busy.temperature().awaitCall(PATIENCE);
        HttpResponse<?> answer = question.call();
        busy.allProvidersRespond();
        waiting.join();
        TestGateway.awaitNoneInFlight(BUSY);
        return answer;
    }

    /** Without waiting for the end of a stream. */
    private static Map<String, HttpResponse<?>> produceByStream(String target) throws Exception {
        Map<String, HttpResponse<?>> produced = new HashMap<>();
        HttpResponse<Stream<String>> events = whole.open(target);
        keep(produced, events);
        events.body().close();
        keep(produced, whole.send("DELETE", target));
        keep(produced, whole.get(target + "?nonsense=1"));
        keep(produced, whole.get(target.replace("Vienna", "Viennnna")));
        keep(produced, whole.get(target + "?a=" + "a".repeat(5_000)));
        keep(produced, whole.get(target, "X-Long", "a".repeat(9_000)));
        keep(produced, broken.get(target));
        while (strict.get("/v1/sources", "X-Forwarded-For", "203.0.113.8").statusCode() != 429) {}
        keep(produced, strict.get(target, "X-Forwarded-For", "203.0.113.8"));
        whole.watches().drain(PATIENCE);
        keep(produced, whole.get(target));
        return produced;
    }

    private static void keep(Map<String, HttpResponse<?>> produced, HttpResponse<?> response) {
        produced.put(Integer.toString(response.statusCode()), response);
    }

    private static void isAsDocumented(HttpResponse<?> response, JsonObject documented) {
        String what = response.statusCode() + " of " + response.uri();
        JsonObject content = documented.getAsJsonObject("content");
        String type = header(response, "content-type").replaceFirst(";.*", "");
        assertThat(content == null ? Set.of("") : content.keySet()).as(what).contains(type);
        JsonObject headers = documented.getAsJsonObject("headers");
        if (headers != null && headers.has("Retry-After")) {
            assertThat(header(response, "retry-after")).as(what).matches("[1-9][0-9]*");
        }
        if (headers != null && headers.has("Allow")) {
            assertThat(header(response, "allow")).as(what).isNotEmpty();
        }
        if (headers != null && headers.has("ETag") && response.statusCode() == 200) {
            assertThat(header(response, "etag")).as(what).isNotEmpty();
        }
    }

    /** What a reference to a component leads to. */
    private static JsonObject resolve(JsonObject value) {
        if (!value.has("$ref")) {
            return value;
        }
        JsonObject at = DOCUMENT;
        for (String name : value.get("$ref").getAsString().substring(2).split("/")) {
            at = at.getAsJsonObject(name);
        }
        return at;
    }
}
