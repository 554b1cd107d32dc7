package io.weathermesh.aggregator.rest;

import static io.weathermesh.aggregator.rest.Responses.problem;
import static io.weathermesh.aggregator.rest.Responses.weather;
import static io.weathermesh.aggregator.rest.TestGateway.PATIENCE;
import static io.weathermesh.aggregator.rest.TestGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.weathermesh.proto.weather.v1.Weather;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The gateway over real sockets, between a real HTTP client and real gRPC servers that can fail. */
@Tag("jdk")
final class RestServerTest {
    @AutoClose
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.start(TestGateway.quietLayers());
    }

    @BeforeEach
    void allProvidersRespond() {
        gateway.allProvidersRespond();
    }

    @Test
    void aCompleteResponseHasBothValuesAndIsCacheableUntilTheyExpire() throws Exception {
        HttpResponse<String> response = gateway.get("/v1/weather/vienna");
        Weather weather = weather(response);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(weather.getStatus()).isEqualTo(Weather.Status.STATUS_COMPLETE);
        assertThat(weather.getTemperature().getTemperatureCelsius()).isEqualTo(FakeProvider.CELSIUS);
        assertThat(weather.getRelativeHumidity().getRelativeHumidityPercent()).isEqualTo(FakeProvider.PERCENT);
        assertThat(weather.getDerived().getDewPointCelsius()).isEqualTo(7.3);
        assertThat(weather.getLocalTime()).isEqualTo("2026-11-23T11:00:00+01:00");
        assertThat(header(response, "cache-control")).isEqualTo("public, max-age=300");
        assertThat(header(response, "x-request-id")).isNotEmpty();
    }

    @Test
    void aMissingProviderMakesTheWeatherPartial() throws Exception {
        gateway.humidity().behave(FakeProvider.Behavior.FAILS);
        HttpResponse<String> response = gateway.get("/v1/weather/vienna");
        Weather weather = weather(response);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(weather.getStatus()).isEqualTo(Weather.Status.STATUS_PARTIAL);
        assertThat(weather.getTemperature().getTemperatureCelsius()).isEqualTo(FakeProvider.CELSIUS);
        assertThat(weather.hasRelativeHumidity()).isFalse();
        assertThat(weather.hasDerived()).isFalse();
        assertThat(weather.getProblemsList()).singleElement().satisfies(problem -> {
            assertThat(problem.getProvider()).isEqualTo("humidity-provider");
            assertThat(problem.getDetail()).isEqualTo("The humidity-provider cannot be reached.");
        });
        assertThat(response.body()).doesNotContain("10.0.1.17");
        assertThat(header(response, "cache-control")).isEqualTo("no-store");
    }

    @Test
    void aSilentProviderIsMissingAtTheRequestDeadline() throws Exception {
        try (TestGateway hurried = TestGateway.startWithShortDeadlines()) {
            hurried.temperature().behave(FakeProvider.Behavior.HANGS);
            long start = System.nanoTime();
            Weather weather = weather(hurried.get("/v1/weather/vienna"));
            assertThat(weather.hasTemperature()).isFalse();
            assertThat(weather.getProblems(0).getDetail())
                    .isEqualTo("The temperature-provider did not respond in time.");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThan(TestGateway.SHORT_DEADLINES.requestDeadline().minusMillis(50));
            hurried.temperature().awaitCancelled(PATIENCE);
        }
    }

    @Test
    void withoutAnyProviderTheRequestFailsWithRetryAfter() throws Exception {
        gateway.temperature().behave(FakeProvider.Behavior.FAILS);
        gateway.humidity().behave(FakeProvider.Behavior.FAILS);
        HttpResponse<String> response = gateway.get("/v1/weather/vienna");
        JsonObject problem = problem(response, 503, "providers-unavailable");
        assertThat(problem.getAsJsonArray("problems")).hasSize(2);
        assertThat(header(response, "retry-after")).isEqualTo("2");
    }

    @Test
    void anUnknownPlaceIsNotFoundWithNearSpellings() throws Exception {
        JsonObject problem = problem(gateway.get("/v1/weather/Viennna"), 404, "place-not-found");
        assertThat(problem.getAsJsonArray("suggestions").get(0).getAsString()).isEqualTo("Vienna, Austria");
    }

    @Test
    void coordinatesOnTheEquatorKeepTheirLatitude() throws Exception {
        JsonObject location = JsonParser.parseString(
                        gateway.get("/v1/weather?latitude=0&longitude=6.5").body())
                .getAsJsonObject()
                .getAsJsonObject("location");
        assertThat(location.getAsJsonObject("coordinates").get("latitude").getAsDouble())
                .isZero();
    }

    /** A provider may send -0. */
    @Test
    void zeroHasNoSign() throws Exception {
        try (TestGateway freezing = TestGateway.start(TestGateway.quietLayers())) {
            freezing.temperature().reads(-0.0);
            String answer = freezing.get("/v1/weather?latitude=-0&longitude=-0.0&elevation=-0")
                    .body();
            assertThat(answer)
                    .contains(
                            "\"temperatureCelsius\": 0.0", "\"latitude\": 0.0", "\"elevationMeters\": 0.0", "\"0, 0\"")
                    .doesNotContain("-0.0");
        }
    }

    @Test
    void aDisconnectCancelsTheCalls() throws Exception {
        gateway.temperature().behave(FakeProvider.Behavior.HANGS);
        try (Socket socket = gateway.connect()) {
            socket.getOutputStream()
                    .write("GET /v1/weather/vienna HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1));
            gateway.temperature().awaitCall(PATIENCE);
        }
        gateway.temperature().awaitCancelled(TestGateway.BEFORE_THE_DEADLINE);
    }

    @Test
    void aClimateIsCacheableUntilItsExpireTime() throws Exception {
        HttpResponse<String> response = gateway.get("/v1/climate/vienna");
        assertThat(response.body()).contains("\"expireTime\": \"2026-11-23T10:05:00Z\"");
        assertThat(header(response, "cache-control")).isEqualTo("public, max-age=300");
    }

    @Test
    void aDrainingTaskIsUnreadyAtOnceAndStillServes() throws Exception {
        try (TestGateway leaving = TestGateway.start(TestGateway.quietLayers())) {
            assertThat(leaving.get("/readyz").statusCode()).isEqualTo(200);
            assertThat(leaving.get("/healthz").statusCode()).isEqualTo(200);
            leaving.rest().lameDuckStarted();
            problem(leaving.get("/readyz"), 503, "not-ready");
            problem(leaving.get("/healthz"), 503, "not-ready");
            assertThat(leaving.get("/livez").statusCode()).isEqualTo(200);
            assertThat(leaving.get("/v1/weather/vienna").statusCode()).isEqualTo(200);
        }
    }
}
