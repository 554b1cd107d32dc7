package io.weathermesh.aggregator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A line of the log is written a moment after its response was sent. */
final class AccessLogTest {
    private final WrittenLog written = new WrittenLog();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @AutoClose
    private TestGateway gateway;

    private int warmUp;

    @BeforeEach
    void start() throws Exception {
        RequestLayers layers = RequestLayers.create(RestSettings.defaults(AccessLogFormat.JSON), meters, written.out());
        gateway = TestGateway.start(layers);
        gateway.get("/readyz");
        warmUp = warmUpLines();
    }

    @Test
    void everyRequestIsOneLineOfJson() throws Exception {
        gateway.get(
                "/v1/weather/vienna?countryCode=AT",
                "X-Request-Id",
                "mine",
                "X-Forwarded-For",
                "10.9.9.9, 203.0.113.7",
                "User-Agent",
                "ünïcode\tagent");
        gateway.humidity().behave(FakeProvider.Behavior.FAILS);
        gateway.get("/v1/weather/vienna");
        gateway.temperature().behave(FakeProvider.Behavior.FAILS);
        gateway.get("/v1/weather/vienna");
        gateway.get("/v1/weather/vienna?latitude=1");
        gateway.get("/no/such/route");

        List<JsonObject> lines = linesUntil("/no/such/route");
        assertThat(lines.stream().map(line -> line.get("outcome").getAsString()))
                .containsExactly("COMPLETE", "PARTIAL", "UNAVAILABLE", "REFUSED", "REFUSED");
        assertThat(lines.stream().map(line -> line.get("status").getAsInt())).containsExactly(200, 200, 503, 400, 404);
        JsonObject first = lines.get(0);
        assertThat(first.get("requestId").getAsString()).isEqualTo("mine");
        assertThat(first.get("client").getAsString()).isEqualTo("203.0.113.7");
        assertThat(first.get("path").getAsString()).isEqualTo("/v1/weather/vienna");
        assertThat(first.get("method").getAsString()).isEqualTo("GET");
        assertThat(first.get("bytes").getAsLong()).isPositive();
        assertThat(first.get("traceId").getAsString()).matches("[0-9a-f]{32}");
        assertThat(first.get("userAgent").getAsString()).isPrintable().isASCII();
        assertThat(first.get("providers").toString())
                .contains("\"temperature-provider\":\"OK\"", "\"humidity-provider\":\"OK\"");
        assertThat(lines.get(1).get("providers").toString())
                .contains("\"temperature-provider\":\"OK\"", "\"humidity-provider\":\"UNAVAILABLE\"");
        assertThat(lines.get(2).get("providers").toString())
                .contains("\"temperature-provider\":\"UNAVAILABLE\"", "\"humidity-provider\":\"UNAVAILABLE\"");
    }

    @Test
    void theTraceIdOfTheLoadBalancerIsLoggedBesideThatOfTheClient() throws Exception {
        gateway.get("/v1/sources", "X-Amzn-Trace-Id", "Root=1-67891233-abcdef012345678912345678");
        gateway.get(
                "/v1/sources",
                "X-Amzn-Trace-Id",
                "Root=1-67891233-abcdef012345678912345678",
                "traceparent",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        gateway.get("/v2", "X-Amzn-Trace-Id", "Root=\",\"outcome\":\"COMPLETE");
        List<JsonObject> lines = linesUntil("/v2");
        assertThat(lines.get(0).get("traceId").getAsString()).isEqualTo("67891233abcdef012345678912345678");
        assertThat(lines.get(1).get("traceId").getAsString()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(lines.subList(0, 2))
                .allSatisfy(line -> assertThat(line.get("loadBalancerTraceId").getAsString())
                        .isEqualTo("1-67891233-abcdef012345678912345678"));
        assertThat(lines.get(2).has("loadBalancerTraceId")).isFalse();
    }

    @Test
    void successfulHealthChecksAreNotLogged() throws Exception {
        gateway.get("/livez");
        gateway.get("/readyz");
        gateway.get("/v1/sources");
        assertThat(linesUntil("/v1/sources"))
                .singleElement()
                .satisfies(line -> assertThat(line.get("path").getAsString()).isEqualTo("/v1/sources"));
    }

    @Test
    void requestsAreCountedByRouteAndStatusAndPartialResponsesSeparately() throws Exception {
        double before = partial();
        gateway.humidity().behave(FakeProvider.Behavior.FAILS);
        gateway.get("/v1/weather/vienna");
        gateway.get("/v1/weather/graz");
        gateway.get("/v1/locations?query=");
        List<JsonObject> unused = linesUntil("/v1/locations");
        TestGateway.awaitNoneInFlight(meters);
        assertThat(partial() - before).isEqualTo(2);
        assertThat(meters.get("gateway.requests")
                        .tags("route", "/v1/locations", "method", "GET", "status", "400")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("gateway.requests.in.flight").gauge().value()).isZero();
    }

    private double partial() {
        return meters.get("gateway.answers.partial").counter().count();
    }

    /** The lines of the requests that started the gateway; all others are those of the test. */
    private int warmUpLines() {
        return (int) meters.get("gateway.requests").tags("route", "/v1/weather/*").timers().stream()
                .mapToLong(timer -> timer.count())
                .sum();
    }

    /** The lines of a test whose last request is the only one for this path: one client's requests are one after the other. */
    private List<JsonObject> linesUntil(String lastPath) throws InterruptedException {
        return written.linesWith(1, lastPath).stream().skip(warmUp).toList();
    }
}
