package io.weathermesh.aggregator.rest;

import static io.weathermesh.aggregator.rest.Responses.problem;
import static io.weathermesh.aggregator.rest.TestGateway.PATIENCE;
import static io.weathermesh.aggregator.rest.TestGateway.header;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits of a client, over real sockets; the address from the trusted proxy identifies a client. */
final class LimitsTest {
    private static final int A_MINUTE = 30;
    private static final String STREAM = "/v1/weather/vienna/stream";
    private static final String BATCH = "/v1/weather:batch";
    private static final String[] JSON = {"Content-Type", "application/json"};

    /** Not of the client that warmed the gateway up. */
    private static final String[] JSON_OF_ANOTHER = {
        "Content-Type", "application/json", "X-Forwarded-For", "203.0.113.9"
    };

    @Test
    void theRateLimitRefusesOneClientWithRetryAfterAndNoOther() throws Exception {
        try (TestGateway gateway = gateway(A_MINUTE, 100)) {
            HttpResponse<String> first = gateway.get("/v1/sources", "X-Forwarded-For", "203.0.113.1");
            assertThat(header(first, "ratelimit-policy")).isEqualTo("\"client\";q=30;w=60");
            assertThat(header(first, "ratelimit")).isEqualTo("\"client\";r=29;t=2");
            HttpResponse<String> last = first;
            for (int i = 0; i < 2 * A_MINUTE && last.statusCode() == 200; i++) {
                last = gateway.get("/v1/sources", "X-Forwarded-For", "198.51.100." + i + ", 203.0.113.1");
            }
            assertThat(last.statusCode()).isEqualTo(429);
            assertThat(header(last, "content-type")).isEqualTo("application/problem+json");
            assertThat(JsonParser.parseString(last.body())
                            .getAsJsonObject()
                            .get("type")
                            .getAsString())
                    .isEqualTo("/problems/too-many-requests");
            assertThat(Integer.parseInt(header(last, "retry-after"))).isBetween(1, 2);
            assertThat(header(last, "ratelimit")).startsWith("\"client\";r=0;t=");
            assertThat(header(last, "x-request-id")).isNotEmpty();
            assertThat(gateway.get("/v1/sources", "X-Forwarded-For", "203.0.113.2")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(gateway.get("/livez", "X-Forwarded-For", "203.0.113.1").statusCode())
                    .isEqualTo(200);
        }
    }

    /** One gateway for all, whose log has a line for each, in order. */
    @Test
    void theClientIsTheAddressFromTheTrustedProxy() throws Exception {
        Map<String, String> clients = new LinkedHashMap<>();
        clients.put("203.0.113.1", "203.0.113.1");
        clients.put("10.0.0.1, 203.0.113.2", "203.0.113.2");
        clients.put("203.0.113.3:4711", "203.0.113.3");
        clients.put("2001:db8::1", "2001:db8::1");
        clients.put("[2001:db8::2]:4711", "2001:db8::2");
        clients.put("::ffff:203.0.113.4", "203.0.113.4");
        clients.put("203.0.113.5,", "127.0.0.1");
        clients.put(",203.0.113.6", "203.0.113.6");
        clients.put("unknown", "127.0.0.1");
        clients.put("203.0.113.7, <script>", "127.0.0.1");
        WrittenLog log = new WrittenLog();
        try (TestGateway gateway = TestGateway.start(RequestLayers.create(
                RestSettings.defaults(AccessLogFormat.JSON), new SimpleMeterRegistry(), log.out()))) {
            gateway.get("/v1/sources");
            for (String forwardedFor : clients.keySet()) {
                gateway.get("/v1/sources", "X-Forwarded-For", forwardedFor);
            }
        }
        List<String> expected = new ArrayList<>(clients.values());
        expected.add(0, "127.0.0.1");
        assertThat(log.linesWith(expected.size(), "/v1/sources").stream()
                        .filter(line -> line.get("path").getAsString().equals("/v1/sources"))
                        .map(line -> line.get("client").getAsString()))
                .containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8::1, 2001:db8::ffff:2, 28",
        "2001:db8::1, 2001:db8:0:1::1, 29",
        "::ffff:203.0.113.1, ::ffff:203.0.113.2, 29",
        "::ffff:203.0.113.1, 203.0.113.1, 28",
        "203.0.113.1, 203.0.113.2, 29"
    })
    void aNetworkOfVersion6IsOneClientAndAnAddressOfVersion4IsOne(String one, String other, int left) throws Exception {
        try (TestGateway gateway = gateway(A_MINUTE, 100)) {
            gateway.get("/v1/sources", "X-Forwarded-For", one);
            assertThat(header(gateway.get("/v1/sources", "X-Forwarded-For", other), "ratelimit"))
                    .contains("r=" + left);
        }
    }

    /** Twice the limit of requests, each for its own place, with a provider that does not respond. */
    @Test
    void requestsWithinTheLimitAreServedHoweverManyAreShed() throws Exception {
        int limit = 8;
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        RestSettings settings = new RestSettings(OptionalInt.empty(), 1, limit, AccessLogFormat.OFF);
        try (TestGateway gateway = TestGateway.start(RequestLayers.create(settings, meters, System.out))) {
            gateway.temperature().behave(FakeProvider.Behavior.WAITS);
            List<CompletableFuture<HttpResponse<String>>> within = new ArrayList<>();
            for (int i = 0; i < limit; i++) {
                within.add(gateway.begin("/v1/weather?longitude=0&latitude=" + i));
                gateway.temperature().awaitCall(PATIENCE);
            }
            for (int i = 0; i < limit; i++) {
                HttpResponse<String> refused = gateway.get("/v1/weather?longitude=1&latitude=" + i);
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(header(refused, "retry-after")).isEqualTo("1");
                assertThat(header(refused, "content-type")).isEqualTo("application/problem+json");
            }
            assertThat(meters.get("gateway.requests.shed").counter().count()).isEqualTo(limit);
            gateway.temperature().behave(FakeProvider.Behavior.RESPONDS);
            for (CompletableFuture<HttpResponse<String>> one : within) {
                assertThat(one.get().body()).contains("STATUS_COMPLETE");
            }
            assertThat(gateway.get("/v1/weather/vienna").body()).contains("STATUS_COMPLETE");
        }
    }

    @Test
    void withoutARateLimitThereAreNoRateLimitHeaders() throws Exception {
        RestSettings unlimited = new RestSettings(OptionalInt.empty(), 1, 100, AccessLogFormat.OFF);
        try (TestGateway gateway =
                TestGateway.start(RequestLayers.create(unlimited, new SimpleMeterRegistry(), System.out))) {
            assertThat(header(gateway.get("/v1/sources"), "ratelimit")).isEmpty();
        }
    }

    @Test
    void aRequestAboveTheInFlightLimitIsShedButHealthIsNot() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        RestSettings settings = new RestSettings(OptionalInt.empty(), 1, 1, AccessLogFormat.OFF);
        try (TestGateway gateway = TestGateway.start(RequestLayers.create(settings, meters, System.out))) {
            gateway.temperature().behave(FakeProvider.Behavior.WAITS);
            CompletableFuture<HttpResponse<String>> slow = gateway.begin("/v1/weather/vienna");
            gateway.temperature().awaitCall(PATIENCE);
            HttpResponse<String> refused = gateway.get("/v1/weather/graz");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(header(refused, "retry-after")).isEqualTo("1");
            assertThat(refused.body()).contains("/problems/not-ready");
            assertThat(gateway.get("/livez").statusCode()).isEqualTo(200);
            gateway.temperature().behave(FakeProvider.Behavior.RESPONDS);
            assertThat(slow.get().statusCode()).isEqualTo(200);
            TestGateway.awaitNoneInFlight(meters);
            assertThat(gateway.get("/v1/weather/vienna").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void streamsAreNotInFlight() throws Exception {
        try (TestGateway gateway = gateway(100_000, 1)) {
            gateway.temperature().behave(FakeProvider.Behavior.WAITS);
            CompletableFuture<HttpResponse<String>> slow = gateway.begin("/v1/weather/graz");
            gateway.temperature().awaitCall(PATIENCE);
            for (int i = 0; i < 3; i++) {
                HttpResponse<Stream<String>> stream = gateway.open(STREAM);
                assertThat(stream.statusCode()).isEqualTo(200);
            }
            assertThat(gateway.get("/v1/weather/linz").statusCode()).isEqualTo(503);
            gateway.temperature().behave(FakeProvider.Behavior.RESPONDS);
            assertThat(slow.get().body()).contains("STATUS_COMPLETE");
        }
    }

    @Test
    void slowBodiesAreLimitedAndDelayNoOtherRequest() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        RestSettings settings = new RestSettings(OptionalInt.empty(), 1, 2, AccessLogFormat.OFF);
        List<Socket> slow = new ArrayList<>();
        try (TestGateway gateway = TestGateway.start(RequestLayers.create(settings, meters, System.out))) {
            for (int i = 0; i < BatchAdmission.MAX_ARRIVING; i++) {
                slow.add(post(gateway, 100, "{"));
            }
            var arriving = meters.get("gateway.bodies.arriving").gauge();
            while (arriving.value() < BatchAdmission.MAX_ARRIVING) {
                gateway.get("/livez");
            }
            assertThat(meters.get("gateway.requests.in.flight").gauge().value()).isZero();
            assertThat(gateway.get("/v1/weather/vienna").body()).contains("STATUS_COMPLETE");
            HttpResponse<String> refused = gateway.post(BATCH, places(1), JSON);
            problem(refused, 503, "not-ready");
            assertThat(header(refused, "retry-after")).isEqualTo("1");
            assertThat(meters.get("gateway.requests.shed").counter().count()).isEqualTo(1);
            slow.remove(0).close();
            while (arriving.value() == BatchAdmission.MAX_ARRIVING) {
                gateway.get("/livez");
            }
            assertThat(gateway.post(BATCH, places(1), JSON).body()).contains("STATUS_COMPLETE");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void aBatchIsInFlightWhenItsBodyIsComplete() throws Exception {
        String whole = places(1);
        try (TestGateway gateway = gateway(100_000, 1)) {
            gateway.temperature().behave(FakeProvider.Behavior.WAITS);
            try (Socket batch = post(gateway, whole.length(), whole)) {
                gateway.temperature().awaitCall(PATIENCE);
                problem(gateway.get("/v1/weather/graz"), 503, "not-ready");
                gateway.temperature().behave(FakeProvider.Behavior.RESPONDS);
                byte[] status = new byte["HTTP/1.1 200".length()];
                batch.getInputStream().readNBytes(status, 0, status.length);
                assertThat(new String(status, US_ASCII)).isEqualTo("HTTP/1.1 200");
            }
        }
    }

    @Test
    void eachRequestOfABatchCountsForTheRateLimit() throws Exception {
        try (TestGateway gateway = gateway(A_MINUTE, 100)) {
            HttpResponse<String> within = gateway.post(BATCH, places(10), JSON_OF_ANOTHER);
            assertThat(within.statusCode()).isEqualTo(200);
            assertThat(header(within, "ratelimit")).startsWith("\"client\";r=20;");
            int before = gateway.temperature().calls();
            HttpResponse<String> beyond = gateway.post(BATCH, places(25), JSON_OF_ANOTHER);
            problem(beyond, 429, "too-many-requests");
            assertThat(header(beyond, "ratelimit-policy")).isEqualTo("\"client\";q=30;w=60");
            assertThat(header(beyond, "ratelimit")).matches("\"client\";r=(19|20|21);t=[0-9]+");
            // It wants 25 and has 19; one comes in two seconds.
            assertThat(Integer.parseInt(header(beyond, "retry-after"))).isBetween(8, 12);
            assertThat(gateway.temperature().calls()).isEqualTo(before);
            assertThat(gateway.post(BATCH, places(1), JSON_OF_ANOTHER).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aBatchAboveTheWholeQuotaUsesAllOfIt() throws Exception {
        try (TestGateway gateway = gateway(A_MINUTE, 100)) {
            HttpResponse<String> all = gateway.post(BATCH, places(100), JSON_OF_ANOTHER);
            assertThat(all.statusCode()).isEqualTo(200);
            assertThat(header(all, "ratelimit")).startsWith("\"client\";r=0;");
        }
    }

    @Test
    void theStreamLimitRefusesOneClientAndNoOther() throws Exception {
        String[] client = {"X-Forwarded-For", "203.0.113.1"};
        try (TestGateway gateway = gateway(100_000, 100)) {
            List<HttpResponse<Stream<String>>> open = new ArrayList<>();
            for (int i = 0; i < StreamLimit.MAX_STREAMS; i++) {
                open.add(gateway.open(STREAM, client));
                assertThat(open.get(i).statusCode()).isEqualTo(200);
            }
            HttpResponse<String> refused = gateway.get(STREAM, client);
            problem(refused, 429, "too-many-requests");
            assertThat(header(refused, "retry-after")).isEqualTo("60");
            assertThat(gateway.open(STREAM, "X-Forwarded-For", "203.0.113.2").statusCode())
                    .isEqualTo(200);
            open.get(0).body().close();
            while (gateway.send("HEAD", STREAM, client).statusCode() != 200) {}
        }
    }

    /** Starts a batch whose body may be shorter than its length. */
    private static Socket post(TestGateway gateway, int length, String body) throws Exception {
        Socket socket = gateway.connect();
        socket.getOutputStream()
                .write(("POST " + BATCH + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                + "Content-Length: " + length + "\r\n\r\n" + body)
                        .getBytes(US_ASCII));
        return socket;
    }

    private static String places(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"latitude\": " + i % 90 + ", \"longitude\": 0}")
                .collect(Collectors.joining(", ", "{\"requests\": [", "]}"));
    }

    private static TestGateway gateway(int requestsPerMinute, int maxInFlight) throws Exception {
        RestSettings settings =
                new RestSettings(OptionalInt.of(requestsPerMinute), 1, maxInFlight, AccessLogFormat.OFF);
        return TestGateway.start(RequestLayers.create(settings, new SimpleMeterRegistry(), System.out));
    }
}
