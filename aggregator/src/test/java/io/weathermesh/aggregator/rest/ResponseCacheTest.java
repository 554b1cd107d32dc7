package io.weathermesh.aggregator.rest;

import static io.weathermesh.aggregator.rest.TestGateway.NOW;
import static io.weathermesh.aggregator.rest.TestGateway.PATIENCE;
import static io.weathermesh.aggregator.rest.TestGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import com.google.rpc.Code;
import io.weathermesh.proto.weather.v1.LookupWeatherRequest;
import io.weathermesh.proto.weather.v1.Problem;
import io.weathermesh.proto.weather.v1.Weather;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gateway that remembers, over real sockets; what its providers read expires after five minutes of a clock moved by hand. */
final class ResponseCacheTest {
    private final ManualClock clock = new ManualClock(NOW);

    @AutoClose
    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.startCaching(clock);
    }

    @Test
    void aCompleteResponseIsCachedUntilItExpires() throws Exception {
        int before = gateway.temperature().calls();
        HttpResponse<String> first = gateway.get("/v1/weather/vienna");
        clock.move(Duration.ofSeconds(299));
        HttpResponse<String> again = gateway.get("/v1/weather/vienna");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(header(again, "etag")).isEqualTo(header(first, "etag"));
        assertThat(header(again, "cache-control")).isEqualTo("public, max-age=1");
        assertThat(header(again, "server-timing")).isEmpty();
        assertThat(gateway.temperature().calls() - before).isEqualTo(1);
        clock.move(Duration.ofSeconds(1));
        gateway.get("/v1/weather/vienna");
        assertThat(gateway.temperature().calls() - before).isEqualTo(2);
    }

    @Test
    void theCachePageListsEveryCache() throws Exception {
        gateway.get("/v1/weather/vienna");
        gateway.get("/v1/weather/vienna");
        gateway.get("/v1/weather/Wien");
        // The number of requests until the first complete response depends on the machine.
        assertThat(gateway.cachePage().lines().map(line -> line.replaceAll("(miss|unavailable) \\d+", "$1")
                        .replaceFirst("responses: \\d{4,6} of", "responses: # of")))
                .containsExactly(
                        "climates of humidity-provider: 0 of at most 2000 entries, hit 0, miss, shared 0, stale 0, unavailable",
                        "climates of temperature-provider: 0 of at most 2000 entries, hit 0, miss, shared 0, stale 0, unavailable",
                        "readings of humidity-provider: 2 of at most 10000 entries, hit 1, miss, shared 0, stale 0, unavailable",
                        "readings of temperature-provider: 2 of at most 10000 entries, hit 1, miss, shared 0, stale 0, unavailable",
                        "rendered responses: # of at most 16777216 bytes, hit 1, miss",
                        "unknown places: 0 of at most 2000 entries, hit 0, miss");
    }

    @Test
    void oneReadingServesEveryNameOfItsPlaceAndNoOtherElevation() throws Exception {
        int before = gateway.temperature().calls();
        assertThat(weather("/v1/weather/vienna").getTemperature())
                .isEqualTo(weather("/v1/weather/Wien").getTemperature());
        assertThat(gateway.temperature().calls() - before).isEqualTo(1);
        gateway.get("/v1/weather/vienna?elevation=600");
        gateway.get("/v1/weather/48.2082,16.3738");
        gateway.get("/v1/weather/48.20821,16.3738");
        assertThat(gateway.temperature().calls() - before).isEqualTo(4);
    }

    @Test
    void aStaleValueReplacesAMissingOneAndIsMarked() throws Exception {
        gateway.get("/v1/weather/vienna");
        clock.move(Duration.ofMinutes(10));
        gateway.humidity().behave(FakeProvider.Behavior.FAILS);
        HttpResponse<String> response = gateway.get("/v1/weather/vienna");
        Weather weather = weather(response);
        assertThat(weather.getStatus()).isEqualTo(Weather.Status.STATUS_PARTIAL);
        assertThat(weather.getRelativeHumidity().getRelativeHumidityPercent()).isEqualTo(FakeProvider.PERCENT);
        assertThat(weather.getProblemsList()).singleElement().satisfies(problem -> {
            assertThat(problem.getProvider()).isEqualTo("humidity-provider");
            assertThat(problem.getEffect()).isEqualTo(Problem.Effect.EFFECT_STALE);
            assertThat(problem.getDetail()).isEqualTo("The humidity-provider cannot be reached.");
        });
        assertThat(header(response, "cache-control")).isEqualTo("no-store");
    }

    @Test
    void aStaleValueIsServedForAnHourOnly() throws Exception {
        gateway.get("/v1/weather/vienna");
        gateway.temperature().behave(FakeProvider.Behavior.FAILS);
        gateway.humidity().behave(FakeProvider.Behavior.FAILS);
        clock.move(Duration.ofMinutes(64));
        assertThat(weather("/v1/weather/vienna").getProblemsList())
                .hasSize(2)
                .allMatch(problem -> problem.getEffect() == Problem.Effect.EFFECT_STALE);
        assertThat(gateway.get("/v1/weather/graz").statusCode()).isEqualTo(503);
        clock.move(Duration.ofMinutes(2));
        assertThat(gateway.get("/v1/weather/vienna").statusCode()).isEqualTo(503);
    }

    @Test
    void aRecoveredProviderIsCalledAtOnce() throws Exception {
        gateway.humidity().behave(FakeProvider.Behavior.FAILS);
        assertThat(weather("/v1/weather/vienna").hasRelativeHumidity()).isFalse();
        gateway.humidity().behave(FakeProvider.Behavior.RESPONDS);
        assertThat(weather("/v1/weather/vienna").getStatus()).isEqualTo(Weather.Status.STATUS_COMPLETE);
    }

    @Test
    void aBatchCallsProvidersOnlyForUncachedPlaces() throws Exception {
        gateway.get("/v1/weather/vienna");
        int before = gateway.temperature().calls();
        String known = "{\"requests\": [{\"location\": \"Wien\"}, {\"location\": \"vienna\"}]}";
        String more =
                "{\"requests\": [{\"location\": \"graz\"}, {\"location\": \"vienna\"}, {\"location\": \"linz\"}]}";
        assertThat(gateway.post("/v1/weather:batch", known, "Content-Type", "application/json")
                        .body())
                .contains("\"Vienna\"", "STATUS_COMPLETE");
        assertThat(gateway.temperature().calls()).isEqualTo(before);
        assertThat(gateway.post("/v1/weather:batch", more, "Content-Type", "application/json")
                        .body())
                .contains("\"Graz\"", "\"Linz\"")
                .doesNotContain("STATUS_PARTIAL");
        gateway.get("/v1/weather/linz");
        assertThat(gateway.temperature().calls()).isEqualTo(before + 1);
    }

    @Test
    void anUnknownPlaceIsCached() throws Exception {
        HttpResponse<String> first = gateway.get("/v1/weather/Viennna");
        HttpResponse<String> again = gateway.get("/v1/weather/Viennna");
        assertThat(first.statusCode()).isEqualTo(404);
        assertThat(first.body()).contains("Vienna, Austria");
        assertThat(again.statusCode()).isEqualTo(404);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(gateway.cachePage()).contains("unknown places: 1 of at most 2000 entries, hit 1, miss 1\n");
    }

    @Test
    void aHundredConcurrentRequestsCauseOneCall() throws Exception {
        gateway.temperature().behave(FakeProvider.Behavior.WAITS);
        int before = gateway.temperature().calls();
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(gateway.begin("/v1/weather/vienna").thenApply(HttpResponse::body));
        }
        gateway.temperature().awaitCall(PATIENCE);
        gateway.temperature().behave(FakeProvider.Behavior.RESPONDS);
        for (CompletableFuture<String> answer : answers) {
            assertThat(answer.get()).contains("STATUS_COMPLETE");
        }
        assertThat(gateway.temperature().calls() - before).isEqualTo(1);
    }

    /** The caller has no deadline of its own. */
    @Test
    void aSilentProviderIsWaitedForUntilTheCallDeadline() throws Exception {
        try (TestGateway hurried = TestGateway.startCachingWithShortDeadlines(clock)) {
            hurried.temperature().behave(FakeProvider.Behavior.HANGS);
            Weather weather = hurried.desk()
                    .lookup(LookupWeatherRequest.newBuilder()
                            .setLocation("Vienna")
                            .build())
                    .toCompletableFuture()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(weather.getProblemsList()).singleElement().satisfies(problem -> assertThat(problem.getCode())
                    .isEqualTo(Code.DEADLINE_EXCEEDED));
        }
    }

    @Test
    void theCallIsCancelledWithItsLastWaiter() throws Exception {
        gateway.temperature().behave(FakeProvider.Behavior.HANGS);
        try (Socket first = ask("/v1/weather/vienna")) {
            gateway.temperature().awaitCall(PATIENCE);
            ask("/v1/weather/Wien").close();
            assertThat(first.isConnected()).isTrue();
        }
        gateway.temperature().awaitCancelled(TestGateway.BEFORE_THE_DEADLINE);
    }

    @Test
    void aClimateIsCachedUntilItExpires() throws Exception {
        int before = gateway.temperature().calls();
        HttpResponse<String> first = gateway.get("/v1/climate/vienna");
        assertThat(gateway.get("/v1/climate?location=Wien").body()).isEqualTo(first.body());
        clock.move(Duration.ofSeconds(299));
        HttpResponse<String> last = gateway.get("/v1/climate/Wien");
        assertThat(header(last, "cache-control")).isEqualTo("public, max-age=1");
        assertThat(gateway.temperature().calls() - before).isEqualTo(1);
        assertThat(gateway.cachePage())
                .contains("climates of temperature-provider: 1 of at most 2000 entries, hit 2, miss 1,");
        clock.move(Duration.ofSeconds(1));
        gateway.get("/v1/climate/vienna");
        assertThat(gateway.temperature().calls() - before).isEqualTo(2);
    }

    @Test
    void aClimateIsRevalidatedWithItsEntityTag() throws Exception {
        HttpResponse<String> first = gateway.get("/v1/climate/vienna");
        String tag = header(first, "etag");
        assertThat(tag).startsWith("W/\"");
        HttpResponse<String> again = gateway.get("/v1/climate/vienna", "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(header(again, "etag")).isEqualTo(tag);
        assertThat(header(again, "cache-control")).isEqualTo("public, max-age=300");
    }

    @Test
    void aPartialClimateIsNotCached() throws Exception {
        gateway.humidity().behave(FakeProvider.Behavior.FAILS);
        HttpResponse<String> half = gateway.get("/v1/climate/vienna");
        assertThat(half.body()).contains("STATUS_PARTIAL");
        assertThat(header(half, "cache-control")).isEqualTo("no-store");
        gateway.humidity().behave(FakeProvider.Behavior.RESPONDS);
        assertThat(gateway.get("/v1/climate/vienna").body()).contains("STATUS_COMPLETE");
    }

    @Test
    void aHundredConcurrentClimateRequestsCauseOneCall() throws Exception {
        gateway.temperature().behave(FakeProvider.Behavior.WAITS);
        int before = gateway.temperature().calls();
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(gateway.begin("/v1/climate/vienna").thenApply(HttpResponse::body));
        }
        gateway.temperature().awaitCall(PATIENCE);
        gateway.temperature().behave(FakeProvider.Behavior.RESPONDS);
        for (CompletableFuture<String> answer : answers) {
            assertThat(answer.get()).contains("STATUS_COMPLETE");
        }
        assertThat(gateway.temperature().calls() - before).isEqualTo(1);
    }

    private Socket ask(String target) throws Exception {
        Socket socket = gateway.connect();
        socket.getOutputStream()
                .write(("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private Weather weather(String target) throws Exception {
        return weather(gateway.get(target));
    }

    private static Weather weather(HttpResponse<String> response) throws Exception {
        Weather.Builder weather = Weather.newBuilder();
        JsonFormat.parser().merge(response.body(), weather);
        return weather.build();
    }
}
