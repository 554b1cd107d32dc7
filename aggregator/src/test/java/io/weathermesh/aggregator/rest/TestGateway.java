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

/** A gateway on a port of its own between two {@link FakeProvider}s, and a client that asks it over a real socket. */
final class TestGateway implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    /** A guard against hanging and nothing else: no test may be able to tell from it whether its machine is slow. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Where a question's time is not what a test is about, no stalled machine shall take all of it. */
    private static final MeshTimings UNHURRIED = MeshTimings.from(new Environment(Map.of(
            "MESH_CALL_DEADLINE", "50s",
            "MESH_REQUEST_DEADLINE", "55s",
            "MESH_DEREGISTRATION_DELAY", "60s",
            "MESH_DRAIN", "60s",
            "MESH_STOP_TIMEOUT", "120s")));

    /** As short as a test can wait for, and too long for a slow machine to take an answer for silence. */
    static final MeshTimings HURRIED =
            MeshTimings.from(new Environment(Map.of("MESH_CALL_DEADLINE", "3s", "MESH_REQUEST_DEADLINE", "4s")));

    /** Less than a call may take, so that it was not its deadline that ended it. */
    static final Duration BEFORE_ITS_TIME = UNHURRIED.callDeadline().dividedBy(2);

    /** Each takes two seconds at most. */
    private static final int MAX_WARM_UPS = 20;

    private static final Gazetteer GAZETTEER = Gazetteer.load();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final CacheMeters cacheMeters = new CacheMeters(new SimpleMeterRegistry());
    private final FakeProvider temperature;
    private final FakeProvider humidity;
    private final HandMovedTimers timers;
    private final WeatherStreams watches;
    private final WeatherLookup desk;
    private final RestServer rest;

    private TestGateway(Edge edge, Clock clock, boolean cache, MeshTimings timings) throws IOException {
        this(edge, clock, clock, cache, timings);
    }

    private TestGateway(Edge edge, Clock clock, Clock providersClock, boolean cache, MeshTimings timings)
            throws IOException {
        temperature = FakeProvider.temperature(providersClock);
        humidity = FakeProvider.humidity(providersClock);
        Providers providers = providers(temperature, humidity, clock);
        PlaceFinder places = cache ? PlaceFinder.cached(GAZETTEER, cacheMeters) : new PlaceFinder(GAZETTEER);
        timers = new HandMovedTimers(clock);
        watches = new WeatherStreams(places, providers, clock, timers, new SimpleMeterRegistry());
        RenderedAnswers rendered = cache ? RenderedAnswers.cached(clock, cacheMeters) : RenderedAnswers.none(clock);
        Providers asked = cache ? providers.cached(timings.callDeadline(), clock, cacheMeters) : providers;
        desk = new WeatherLookup(places, asked, clock);
        rest = RestServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                desk,
                watches,
                new Readiness(temperature.channel(), humidity.channel()),
                timings,
                clock,
                edge,
                rendered);
        rest.start();
    }

    /** These two, as a gateway asks them. */
    static Providers providers(FakeProvider temperature, FakeProvider humidity, Clock clock) {
        return new Providers(List.of(
                connected(Providers.CONTRACTS.get(0), temperature, clock),
                connected(Providers.CONTRACTS.get(1), humidity, clock)));
    }

    private static ProviderClient connected(ProviderContract contract, FakeProvider provider, Clock clock) {
        return new ProviderClient(
                contract, NotedCalls.to(contract.name(), provider.channel()), provider.channel(), clock);
    }

    /** A gateway that remembers nothing. */
    static TestGateway start(Edge edge) throws Exception {
        return warm(new TestGateway(edge, Clock.fixed(NOW, ZoneOffset.UTC), false, UNHURRIED));
    }

    /** The same with deadlines that a test can wait for. */
    static TestGateway startHurried() throws Exception {
        return warm(new TestGateway(quietEdge(), Clock.fixed(NOW, ZoneOffset.UTC), false, HURRIED));
    }

    /** A gateway that remembers answers by this clock. */
    static TestGateway startRemembering(Clock clock) throws Exception {
        return warm(new TestGateway(quietEdge(), clock, true, UNHURRIED));
    }

    /** The same with deadlines that a test can wait for. */
    static TestGateway startRememberingHurried(Clock clock) throws Exception {
        return warm(new TestGateway(quietEdge(), clock, true, HURRIED));
    }

    private static TestGateway warm(TestGateway gateway) throws Exception {
        warmUp(() -> gateway.get("/v1/weather/timbuktu"));
        return gateway;
    }

    /** Asks until there is a whole answer: the first calls of a JVM load classes for longer than a request may take. */
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

    /** Sends a request and waits for the whole answer, which the client's own timeout would do for its head only. */
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
        return new TestGateway(quietEdge(), stopped, Clock.fixed(NOW, ZoneOffset.UTC), false, UNHURRIED);
    }

    /** An edge with the usual limits that logs nothing. */
    static Edge quietEdge() {
        return Edge.create(EdgeSettings.defaults(AccessLogForm.OFF), new SimpleMeterRegistry(), System.out);
    }

    /** As at the start: whatever a test made them do, both providers answer again. */
    void everybodyAnswers() {
        temperature.is(FakeProvider.Mood.ANSWERS);
        humidity.is(FakeProvider.Mood.ANSWERS);
    }

    FakeProvider temperature() {
        return temperature;
    }

    FakeProvider humidity() {
        return humidity;
    }

    HandMovedTimers timers() {
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

    /** Asks with headers, given as names and values in turn. */
    HttpResponse<String> get(String target, String... headers) throws IOException, InterruptedException {
        return send("GET", target, headers);
    }

    /** Asks, and does not wait for the answer. */
    CompletableFuture<HttpResponse<String>> begin(String target) {
        return client.sendAsync(request(target).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rest.port() + target))
                .timeout(PATIENCE);
    }

    /** Reads an answer that goes on, line by line. */
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
    static String untilClosed(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Returns when all is done for the requests that were answered, which may be a moment after their answers. */
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
