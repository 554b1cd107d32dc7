package io.weathermesh.aggregator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weathermesh.aggregator.cache.CacheMeters;
import io.weathermesh.aggregator.places.Gazetteer;
import io.weathermesh.aggregator.providers.ProviderClient;
import io.weathermesh.aggregator.providers.ProviderContract;
import io.weathermesh.aggregator.providers.Providers;
import io.weathermesh.aggregator.weather.PlaceFinder;
import io.weathermesh.aggregator.weather.WeatherLookup;
import io.weathermesh.aggregator.weather.WeatherStreams;
import io.weathermesh.mesh.Environment;
import io.weathermesh.mesh.MeshTimings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A gateway on a port of its own with two {@link FakeProvider}s, and an HTTP client over a real socket. */
final class TestGateway implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    /** A guard against hanging and nothing else: no test may be able to tell from it whether its machine is slow. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Long deadlines, for tests that are not about time, on a machine that stalls. */
    private static final MeshTimings LONG_DEADLINES = MeshTimings.from(new Environment(Map.of(
            "MESH_CALL_DEADLINE", "50s",
            "MESH_REQUEST_DEADLINE", "55s",
            "MESH_DEREGISTRATION_DELAY", "60s",
            "MESH_DRAIN", "60s",
            "MESH_STOP_TIMEOUT", "120s")));

    /** Short enough for a test to wait for, and too long for a slow machine to miss. */
    static final MeshTimings SHORT_DEADLINES =
            MeshTimings.from(new Environment(Map.of("MESH_CALL_DEADLINE", "3s", "MESH_REQUEST_DEADLINE", "4s")));

    /** Less than a call may take, so that it was not its deadline that ended it. */
    static final Duration BEFORE_THE_DEADLINE = LONG_DEADLINES.callDeadline().dividedBy(2);

    /** Each takes two seconds at most. */
    private static final int MAX_WARM_UPS = 20;

    private static final Gazetteer GAZETTEER = Gazetteer.load();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final CacheMeters cacheMeters = new CacheMeters(new SimpleMeterRegistry());
    private final FakeProvider temperature;
    private final FakeProvider humidity;
    private final ManualTimers timers;
    private final WeatherStreams watches;
    private final WeatherLookup desk;
    private final RestServer rest;

    private TestGateway(RequestLayers layers, Clock clock, boolean cache, MeshTimings timings) throws IOException {
        this(layers, clock, clock, cache, timings);
    }

    private TestGateway(RequestLayers layers, Clock clock, Clock providersClock, boolean cache, MeshTimings timings)
            throws IOException {
        temperature = FakeProvider.temperature(providersClock);
        humidity = FakeProvider.humidity(providersClock);
        Providers providers = providers(temperature, humidity, clock);
        PlaceFinder places = cache ? PlaceFinder.cached(GAZETTEER, cacheMeters) : new PlaceFinder(GAZETTEER);
        timers = new ManualTimers(clock);
        watches = new WeatherStreams(places, providers, clock, timers, new SimpleMeterRegistry());
        ResponseCache responses = cache ? ResponseCache.create(clock, cacheMeters) : ResponseCache.none(clock);
        Providers called = cache ? providers.cached(timings.callDeadline(), clock, cacheMeters) : providers;
        desk = new WeatherLookup(places, called, clock);
        rest = RestServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                desk,
                watches,
                new Readiness(temperature.channel(), humidity.channel()),
                timings,
                clock,
                layers,
                responses);
        rest.start();
    }

    /** Both, as a gateway calls them. */
    static Providers providers(FakeProvider temperature, FakeProvider humidity, Clock clock) {
        return new Providers(List.of(
                connected(Providers.CONTRACTS.get(0), temperature, clock),
                connected(Providers.CONTRACTS.get(1), humidity, clock)));
    }

    private static ProviderClient connected(ProviderContract contract, FakeProvider provider, Clock clock) {
        return new ProviderClient(
                contract, CallRecorder.to(contract.name(), provider.channel()), provider.channel(), clock);
    }

    /** A gateway without caches. */
    static TestGateway start(RequestLayers layers) throws Exception {
        return warm(new TestGateway(layers, Clock.fixed(NOW, ZoneOffset.UTC), false, LONG_DEADLINES));
    }

    /** The same with deadlines that a test can wait for. */
    static TestGateway startWithShortDeadlines() throws Exception {
        return warm(new TestGateway(quietLayers(), Clock.fixed(NOW, ZoneOffset.UTC), false, SHORT_DEADLINES));
    }

    /** A gateway with caches that expire by this clock. */
    static TestGateway startCaching(Clock clock) throws Exception {
        return warm(new TestGateway(quietLayers(), clock, true, LONG_DEADLINES));
    }

    /** The same with deadlines that a test can wait for. */
    static TestGateway startCachingWithShortDeadlines(Clock clock) throws Exception {
        return warm(new TestGateway(quietLayers(), clock, true, SHORT_DEADLINES));
    }

    private static TestGateway warm(TestGateway gateway) throws Exception {
        warmUp(() -> gateway.get("/v1/weather/timbuktu"));
        return gateway;
    }

    /** Repeats a request until the response is complete: the first calls of a JVM load classes for longer than the deadline. */
    static void warmUp(Callable<HttpResponse<String>> question) throws Exception {
        List<String> answers = new ArrayList<>();
        while (answers.size() < MAX_WARM_UPS) {
            String answer = question.call().body();
            if (answer.contains("STATUS_COMPLETE")) {
                return;
            }
            answers.add(answer);
        }
        throw new AssertionError("no whole answer in " + MAX_WARM_UPS + ", but " + answers);
    }

    /** Sends a request and waits for the end of the response; the client's own timeout ends with the head. */
    static <T> HttpResponse<T> send(HttpClient client, HttpRequest request, BodyHandler<T> body)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, body);
        try {
            return answer.get(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new AssertionError("the answer to " + request + " does not end", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    /** A gateway with a defect: whenever it wants to know the time, it fails. */
    static TestGateway broken() throws IOException {
        Clock stopped = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                throw new IllegalStateException("no time");
            }
        };
        return new TestGateway(quietLayers(), stopped, Clock.fixed(NOW, ZoneOffset.UTC), false, LONG_DEADLINES);
    }

    /** The layers with the default limits and no access log. */
    static RequestLayers quietLayers() {
        return RequestLayers.create(RestSettings.defaults(AccessLogFormat.OFF), new SimpleMeterRegistry(), System.out);
    }

    /** Resets both providers after a test. */
    void allProvidersRespond() {
        temperature.behave(FakeProvider.Behavior.RESPONDS);
        humidity.behave(FakeProvider.Behavior.RESPONDS);
    }

    FakeProvider temperature() {
        return temperature;
    }

    FakeProvider humidity() {
        return humidity;
    }

    ManualTimers timers() {
        return timers;
    }

    WeatherLookup desk() {
        return desk;
    }

    /** What operators read about the caches. */
    String cachePage() {
        return cacheMeters.page();
    }

    WeatherStreams watches() {
        return watches;
    }

    RestServer rest() {
        return rest;
    }

    /** @param headers names and values in turn */
    HttpResponse<String> get(String target, String... headers) throws IOException, InterruptedException {
        return send("GET", target, headers);
    }

    /** Sends a request without waiting for the response. */
    CompletableFuture<HttpResponse<String>> begin(String target) {
        return client.sendAsync(request(target).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rest.port() + target))
                .timeout(PATIENCE);
    }

    /** Reads a stream line by line. */
    HttpResponse<Stream<String>> open(String target, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(target);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofLines());
    }

    HttpResponse<String> send(String method, String target, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(target).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(client, request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String target, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(target).POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(client, request.build(), BodyHandlers.ofString());
    }

    /** A bare socket, for what no client would send. */
    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), rest.port());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    /** All that comes over a socket until it is closed. */
    static String readUntilClosed(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Returns when no request is in flight, which may be a moment after the last response. */
    static void awaitNoneInFlight(MeterRegistry meters) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (meters.get("gateway.requests.in.flight").gauge().value() > 0) {
            assertThat(System.nanoTime()).as("still in flight").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /** A header's value, all of them with commas between, empty where there is none. */
    static String header(HttpResponse<?> response, String name) {
        return String.join(", ", response.headers().allValues(name));
    }

    /** Begins to close and does not wait for the end, which is seconds later. */
    @Override
    public void close() {
        watches.drain(Duration.ZERO);
        var unused = rest.stop();
        temperature.close();
        humidity.close();
    }
}
