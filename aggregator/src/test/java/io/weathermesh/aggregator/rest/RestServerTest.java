package io.weathermesh.aggregator.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.util.JsonFormat;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weathermesh.aggregator.grpc.WeatherCalls;
import io.weathermesh.aggregator.places.Gazetteer;
import io.weathermesh.aggregator.places.Place;
import io.weathermesh.aggregator.places.PlaceQuery;
import io.weathermesh.aggregator.weather.PlaceFinder;
import io.weathermesh.aggregator.weather.Providers;
import io.weathermesh.aggregator.weather.WeatherDesk;
import io.weathermesh.aggregator.weather.WeatherWatches;
import io.weathermesh.mesh.MeshTimings;
import io.weathermesh.proto.weather.v1.LookupWeatherRequest;
import io.weathermesh.proto.weather.v1.WatchWeatherRequest;
import io.weathermesh.proto.weather.v1.Weather;
import io.weathermesh.proto.weather.v1.WeatherServiceGrpc;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway over real sockets, between a real HTTP client and real gRPC servers that can be told to misbehave. */
class RestServerTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Gazetteer GAZETTEER = Gazetteer.load();
    private static final PlaceFinder PLACES = new PlaceFinder(GAZETTEER);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static FakeProvider temperature;
    private static FakeProvider humidity;
    private static WeatherDesk desk;
    private static WeatherWatches watches;
    private static RestServer rest;

    @BeforeAll
    static void start() throws Exception {
        temperature = FakeProvider.temperature(NOW);
        humidity = FakeProvider.humidity(NOW);
        Providers providers = TestGateway.providers(temperature, humidity);
        desk = new WeatherDesk(PLACES, providers, CLOCK);
        watches = new WeatherWatches(PLACES, providers, CLOCK, new HandMovedTimers(CLOCK), new SimpleMeterRegistry());
        rest = server();
        TestGateway.warmUp(() -> get("/v1/weather/vienna"));
    }

    @AfterAll
    static void stop() {
        rest.close();
        temperature.close();
        humidity.close();
    }

    @BeforeEach
    void everybodyAnswers() {
        temperature.is(FakeProvider.Mood.ANSWERS);
        humidity.is(FakeProvider.Mood.ANSWERS);
    }

    private static RestServer server() {
        RestServer server = RestServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                desk,
                watches,
                new Readiness(temperature.channel(), humidity.channel()),
                MeshTimings.defaults(),
                CLOCK,
                TestGateway.quietEdge(),
                RenderedAnswers.none(CLOCK));
        server.start();
        return server;
    }

    @Test
    void aCompleteAnswerHasBothValuesAndMayBeKeptUntilTheyExpire() throws Exception {
        HttpResponse<String> response = get("/v1/weather/vienna");
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
    void aMissingProviderLeavesAnHonestHalf() throws Exception {
        humidity.is(FakeProvider.Mood.FAILS);
        HttpResponse<String> response = get("/v1/weather/vienna");
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
    void aSilentProviderCountsAsMissingWhenTheRequestsTimeIsOver() throws Exception {
        temperature.is(FakeProvider.Mood.IS_SILENT);
        long start = System.nanoTime();
        Weather weather = weather(get("/v1/weather/vienna"));
        assertThat(weather.hasTemperature()).isFalse();
        assertThat(weather.getProblems(0).getDetail()).isEqualTo("The temperature-provider did not answer in time.");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThan(MeshTimings.defaults().requestDeadline().minusMillis(50));
        temperature.awaitCancelled(PATIENCE);
    }

    @Test
    void withoutAnyProviderThereIsNoAnswerButAWordOnWhenToTryAgain() throws Exception {
        temperature.is(FakeProvider.Mood.FAILS);
        humidity.is(FakeProvider.Mood.FAILS);
        HttpResponse<String> response = get("/v1/weather/vienna");
        JsonObject problem = problem(response, 503, "providers-unavailable");
        assertThat(problem.getAsJsonArray("problems")).hasSize(2);
        assertThat(header(response, "retry-after")).isEqualTo("2");
    }

    @Test
    void anUnknownPlaceIsNotFoundWithNearSpellings() throws Exception {
        JsonObject problem = problem(get("/v1/weather/Viennna"), 404, "place-not-found");
        assertThat(problem.getAsJsonArray("suggestions").get(0).getAsString()).isEqualTo("Vienna, Austria");
    }

    @Test
    void coordinatesOnTheEquatorKeepTheirLatitude() throws Exception {
        JsonObject location = JsonParser.parseString(
                        get("/v1/weather?latitude=0&longitude=6.5").body())
                .getAsJsonObject()
                .getAsJsonObject("location");
        assertThat(location.getAsJsonObject("coordinates").get("latitude").getAsDouble())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/weather?latitude=91&longitude=0 | latitude
            /v1/weather?latitude=48 | longitude
            /v1/weather?latitude=NaN&longitude=0 | latitude
            /v1/weather?latitude=1e309&longitude=0 | latitude
            /v1/weather?latitude=0x10&longitude=0 | latitude
            /v1/weather/91,0 | latitude
            /v1/weather/0,-181 | longitude
            /v1/weather/NaN,NaN | location
            /v1/weather/1,2,3 | location
            /v1/weather | location
            /v1/weather/vienna?location=berlin | location
            /v1/weather/vienna?latitude=1&longitude=2 | location
            /v1/weather/vienna?countryCode=XX | countryCode
            /v1/weather/vienna?elevation=9001 | elevation
            /v1/weather/vienna?language=!! | language
            /v1/weather/vienna?lattitude=1 | lattitude
            /v1/weather?location=a&location=b | location
            /v1/weather/a;b=c | path
            /%761/weather/Vienna | path
            /v1//weather/Vienna | path
            /v1/weather//Vienna | path
            /v1/weather//Vienna/stream | path
            /v1/weather/%2e/Vienna | path
            /v1/weather/%E2%80%AEabc | location
            /v1/weather/... | location
            /v1/locations | query
            /v1/locations?query=a&pageSize=51 | pageSize
            /v1/locations?query=a&pageSize=0 | pageSize
            /v1/sources?verbose=1 | verbose
            """)
    void aParameterThatIsNotAllowedIsNamed(String target, String parameter) throws Exception {
        JsonObject problem = problem(get(target.replace("!", "%21")), 400, "invalid-parameter");
        assertThat(problem.getAsJsonArray("errors")
                        .get(0)
                        .getAsJsonObject()
                        .get("parameter")
                        .getAsString())
                .isEqualTo(parameter);
    }

    /** The JDK's client refuses to send these, so they go over a bare socket. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/weather/%ff%fe HTTP/1.1",
                "GET /v1/weather/%c0%ae%c0%ae HTTP/1.1",
                "GET /v1/weather/%ed%a0%80 HTTP/1.1",
                "GET /v1/weather/%zz HTTP/1.1",
                "GET /v1/weather/% HTTP/1.1",
                "GET /v1/weather/%00 HTTP/1.1",
                "GET /v1/weather/x?location=%ff HTTP/1.1",
                "TRACE /v1/weather/vienna HTTP/1.1",
                "GARBAGE"
            })
    void whatIsNotWellFormedIsRefusedInTheSameForm(String requestLine) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), rest.port())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream()
                    .write((requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 4").contains("content-type: application/problem+json");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "PUT", "PATCH", "POST"})
    void onlyReadingIsOffered(String method) throws Exception {
        HttpResponse<String> response = TestGateway.send(
                CLIENT,
                request(rest, "/v1/weather/vienna")
                        .method(method, HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.ofString());
        problem(response, 405, "method-not-allowed");
        assertThat(header(response, "allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void aClientThatGoesAwayEndsItsCalls() throws Exception {
        temperature.is(FakeProvider.Mood.IS_SILENT);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), rest.port())) {
            socket.getOutputStream()
                    .write("GET /v1/weather/vienna HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1));
            temperature.awaitAsked(PATIENCE);
        }
        temperature.awaitCancelled(PATIENCE);
    }

    @Test
    void restAndGrpcGiveTheSameAnswerForAHundredPlaces() throws Exception {
        Server server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(new WeatherCalls(desk, watches))
                .build()
                .start();
        ManagedChannel channel = Grpc.newChannelBuilder(
                        "127.0.0.1:" + server.getPort(), InsecureChannelCredentials.create())
                .build();
        try {
            var stub = WeatherServiceGrpc.newBlockingStub(channel);
            for (Place place : GAZETTEER.search(new PlaceQuery("s", null), 95)) {
                equal(stub, place.displayName());
            }
            for (String place : new String[] {"Cape Town", "0,0", "-33.9,18.4", "Paris", "Wien"}) {
                equal(stub, place);
            }
        } finally {
            channel.shutdownNow();
            server.shutdownNow();
        }
    }

    @Test
    void aStreamOverGrpcBeginsWithWhatALookUpSaysAndItsEndReachesTheProviders() throws Exception {
        Server server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(new WeatherCalls(desk, watches))
                .build()
                .start();
        ManagedChannel channel = Grpc.newChannelBuilder(
                        "127.0.0.1:" + server.getPort(), InsecureChannelCredentials.create())
                .build();
        try {
            var stub = WeatherServiceGrpc.newBlockingStub(channel);
            LookupWeatherRequest vienna =
                    LookupWeatherRequest.newBuilder().setLocation("Vienna").build();
            var events = stub.watchWeather(
                    WatchWeatherRequest.newBuilder().setRequest(vienna).build());
            assertThat(events.next().getWeather())
                    .isEqualTo(stub.lookupWeather(vienna).getWeather());
            var nowhere = stub.watchWeather(WatchWeatherRequest.newBuilder()
                    .setRequest(LookupWeatherRequest.newBuilder().setLocation("Viennna"))
                    .build());
            assertThatThrownBy(nowhere::next).hasMessageContaining("NOT_FOUND");
            var hasty = stub.watchWeather(WatchWeatherRequest.newBuilder()
                    .setRequest(vienna)
                    .setMinInterval(com.google.protobuf.Duration.newBuilder().setNanos(1))
                    .build());
            assertThatThrownBy(hasty::next).hasMessageContaining("INVALID_ARGUMENT: min_interval");
        } finally {
            channel.shutdownNow();
            server.shutdownNow();
        }
        temperature.awaitCancelled(PATIENCE);
    }

    private static void equal(WeatherServiceGrpc.WeatherServiceBlockingStub stub, String location) throws Exception {
        Weather overGrpc = stub.lookupWeather(
                        LookupWeatherRequest.newBuilder().setLocation(location).build())
                .getWeather();
        String path = URLEncoder.encode(location, StandardCharsets.UTF_8).replace("+", "%20");
        assertThat(weather(get("/v1/weather/" + path))).as(location).isEqualTo(overGrpc);
        assertThat(overGrpc.getStatus()).isEqualTo(Weather.Status.STATUS_COMPLETE);
    }

    @Test
    void theUsualYearMayBeKeptAsLongAsItsProvenanceSays() throws Exception {
        HttpResponse<String> response = get("/v1/climate/vienna");
        assertThat(response.body()).contains("\"expireTime\": \"2026-11-23T10:05:00Z\"");
        assertThat(header(response, "cache-control")).isEqualTo("public, max-age=300");
    }

    @Test
    void readinessSaysNoFromTheMomentTheTaskLeavesWhileRequestsAreStillAnswered() throws Exception {
        try (RestServer leaving = server()) {
            get(leaving, "/v1/weather/vienna");
            assertThat(get(leaving, "/readyz").statusCode()).isEqualTo(200);
            assertThat(get(leaving, "/healthz").statusCode()).isEqualTo(200);
            leaving.leavingBegins();
            problem(get(leaving, "/readyz"), 503, "not-ready");
            problem(get(leaving, "/healthz"), 503, "not-ready");
            assertThat(get(leaving, "/livez").statusCode()).isEqualTo(200);
            assertThat(get(leaving, "/v1/weather/vienna").statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<String> get(String target) throws Exception {
        return get(rest, target);
    }

    private static HttpResponse<String> get(RestServer server, String target) throws Exception {
        return TestGateway.send(CLIENT, request(server, target).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(RestServer server, String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + target))
                .timeout(PATIENCE);
    }

    private static Weather weather(HttpResponse<String> response) throws Exception {
        Weather.Builder weather = Weather.newBuilder();
        JsonFormat.parser().merge(response.body(), weather);
        return weather.build();
    }

    private static JsonObject problem(HttpResponse<String> response, int status, String type) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(header(response, "content-type")).isEqualTo("application/problem+json");
        JsonObject problem = JsonParser.parseString(response.body()).getAsJsonObject();
        assertThat(problem.get("type").getAsString()).isEqualTo("/problems/" + type);
        assertThat(problem.get("status").getAsInt()).isEqualTo(status);
        return problem;
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
