package io.weathermesh.sources.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.weathermesh.proto.common.v1.Kind;
import io.weathermesh.proto.common.v1.Quality;
import io.weathermesh.proto.common.v1.Source;
import io.weathermesh.sources.GeoPoint;
import io.weathermesh.sources.ManualTime;
import io.weathermesh.sources.Reading;
import io.weathermesh.sources.ReadingSource;
import io.weathermesh.sources.live.FakeUpstream.Behavior;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Reads each live source from a loopback server that works or fails: the expected source must supply the reading. */
@Tag("jdk")
final class SourceChainTest {
    private static final Instant NOW = Instant.parse("2026-11-23T06:02:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final GeoPoint BERLIN = new GeoPoint(52.5244, 13.4105, OptionalDouble.of(40));
    private static final Duration TIMEOUT = SourceChain.MAX_READ_TIME;

    /** Timeout of a call on a slow machine. Timeouts of reads run on a clock that the test moves. */
    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(5);

    private final FakeUpstream upstream = new FakeUpstream(FakeUpstream.respond(200, ResponseBodies.OPEN_METEO));
    private final ManualTime time = new ManualTime(NOW);
    private final HttpClient client = HttpClient.newHttpClient();

    SourceChainTest() throws Exception {}

    @AfterEach
    void close() {
        upstream.close();
    }

    private SourceChain sources(String order, Map<String, String> more) {
        return sources(order, more, upstream);
    }

    @Test
    void theClimatologyAloneCreatesNoHttpClient() {
        SourceChain chain = SourceChain.from(
                (name, fallback) -> name.equals("WEATHER_SOURCES") ? "climatology" : fallback,
                CLOCK,
                time,
                () -> {
                    throw new AssertionError("no source needs a client");
                },
                CALL_TIMEOUT);

        assertThat(chain).isNotNull();
    }

    private SourceChain sources(String order, Map<String, String> more, FakeUpstream server) {
        Map<String, String> common = Map.of(
                "WEATHER_SOURCES", order,
                "WEATHER_CONTACT", "ops@example.org",
                "WEATHER_OPEN_METEO_URL", server.url(),
                "WEATHER_MET_NORWAY_URL", server.url(),
                "WEATHER_AWC_METAR_URL", server.url());
        return SourceChain.from(
                (name, fallback) -> more.getOrDefault(name, common.getOrDefault(name, fallback)),
                CLOCK,
                time,
                () -> client,
                CALL_TIMEOUT);
    }

    private static Reading read(SourceChain sources, GeoPoint point) {
        return sources.read(point, NOW, TIMEOUT).toCompletableFuture().join();
    }

    private record Fault(String name, UnaryOperator<String> body, Function<String, Behavior> behavior) {
        Fault(String name, Behavior behavior) {
            this(name, good -> "", good -> behavior);
        }

        static Fault of(String name, UnaryOperator<String> body) {
            return new Fault(name, body, good -> FakeUpstream.respond(200, body.apply(good)));
        }

        /** A fault that does not change the body, such as other units where none are stated, does not apply. */
        boolean appliesTo(String good) {
            return !body.apply(good).equals(good);
        }
    }

    private static Stream<Fault> faults() {
        return Stream.of(
                new Fault("rejects the request", FakeUpstream.respond(400, "{\"error\":true}")),
                new Fault("rejects every client", FakeUpstream.respond(403, "")),
                new Fault("throttles", FakeUpstream.respond(429, "Minutely API request limit exceeded")),
                new Fault("is unavailable", FakeUpstream.respond(503, "<html>sorry</html>")),
                new Fault("returns garbage", FakeUpstream.respond(200, "\u0000\u0001 not json")),
                new Fault("returns other JSON", FakeUpstream.respond(200, "{\"current\":[]}")),
                new Fault("returns no content", FakeUpstream.respond(204, "")),
                new Fault("returns too long a body", FakeUpstream.respond(200, " ".repeat(LimitedBody.MAX_BYTES + 1))),
                new Fault("returns an unexpected 304", FakeUpstream.respond(304, "")),
                new Fault("returns half a body", good -> "", FakeUpstream::respondHalf),
                Fault.of(
                        "returns no number",
                        good -> good.replaceAll("(temperature_2m|air_temperature|temp)\":[\\d.]+", "$1\":null")),
                Fault.of("returns other units", good -> good.replace("°C", "°F").replace("celsius", "kelvin")),
                Fault.of("returns another day", good -> good.replace("17954", "17953")
                        .replace("-23T", "-20T")
                        .replace("-02T", "-01T")));
    }

    /** Each source with each fault: the next live source supplies the reading, or else the climatology. */
    @TestFactory
    Stream<DynamicTest> theNextSourceReplacesOneThat() {
        return Stream.of("open-meteo,met-norway", "met-norway,awc-metar", "awc-metar,open-meteo", "open-meteo")
                .flatMap(order -> faults().filter(fault -> fault.appliesTo(ResponseBodies.of(order.split(",", 2)[0])))
                        .map(fault -> DynamicTest.dynamicTest(
                                fault.name() + ": " + order, () -> failsOver(order.split(",", -1), fault))));
    }

    private void failsOver(String[] order, Fault fault) throws Exception {
        Behavior faulty = fault.behavior().apply(ResponseBodies.of(order[0]));
        try (FakeUpstream server = new FakeUpstream(FakeUpstream.only(order[0], faulty))) {
            Reading reading = read(sources(String.join(",", order), Map.of(), server), BERLIN);

            // The JDK's client retries once when a connection ends before a response begins.
            assertThat(server.requests).hasSizeBetween(order.length, order.length + 1);
            assertThat(reading.source().id()).isEqualTo(order.length > 1 ? order[1] : "climatology");
            if (order.length == 1) {
                assertThat(reading.expireTime()).isEqualTo(NOW.plusSeconds(30));
            }
        }
    }

    @Test
    void openMeteoIsAModelWithItsOwnTimes() {
        Reading reading = read(sources("open-meteo,climatology", Map.of()), BERLIN);

        assertThat(reading.source().kind()).isEqualTo(Kind.KIND_MODEL);
        assertThat(reading.temperature().value()).isEqualTo(5.7);
        assertThat(reading.humidity().value()).isEqualTo(81);
        assertThat(reading.temperature().uncertainty()).isEmpty();
        assertThat(reading.observeTime()).isEqualTo("2026-11-23T06:00:00Z");
        assertThat(reading.expireTime())
                .isBetween(Instant.parse("2026-11-23T06:15:00Z"), Instant.parse("2026-11-23T06:16:18Z"));
        assertThat(reading.point()).isEqualTo(BERLIN);
        assertThat(upstream.requests.get(0).getQuery())
                .contains("latitude=52.52&longitude=13.41&", "timezone=GMT", "elevation=40");
    }

    @Test
    void theNextSourceReplacesOneWithoutANearbyStationWhichStaysInUse() {
        upstream.behave(FakeUpstream.only("awc-metar", FakeUpstream.respond(200, "[]")));
        SourceChain sources = sources("awc-metar,open-meteo", Map.of());

        for (int i = 0; i < 5; i++) {
            Reading reading = read(sources, new GeoPoint(50 + i, 13, OptionalDouble.of(40)));
            assertThat(reading.source().id()).isEqualTo("open-meteo");
        }

        assertThat(sources.sources()).allMatch(source -> source.state() == Source.State.STATE_SERVING);
    }

    @Test
    void aThousandReadsOfOnePlaceMakeOneCall() throws Exception {
        CountDownLatch allStarted = new CountDownLatch(1);
        upstream.behave(exchange -> {
            allStarted.await();
            FakeUpstream.respond(200, ResponseBodies.OPEN_METEO).handle(exchange);
        });
        SourceChain sources = sources("open-meteo", Map.of());

        List<CompletableFuture<Reading>> reads = IntStream.range(0, 1_000)
                .mapToObj(i -> sources.read(BERLIN, NOW, TIMEOUT).toCompletableFuture())
                .toList();
        allStarted.countDown();

        assertThat(reads).allMatch(read -> read.join().source().id().equals("open-meteo"));
        assertThat(upstream.requests).hasSize(1);
    }

    @Test
    void aSlowSourceTimesOutAndItsLateResultServesTheNextRead() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        upstream.behave(exchange -> {
            slow.await();
            FakeUpstream.respond(200, ResponseBodies.OPEN_METEO).handle(exchange);
        });
        SourceChain sources = sources("open-meteo", Map.of());

        CompletableFuture<Reading> first =
                sources.read(BERLIN, NOW, Duration.ofMillis(50)).toCompletableFuture();
        time.move(Duration.ofMillis(49));
        assertThat(first).isNotDone();
        time.move(Duration.ofMillis(1));
        assertThat(first.join().source().id()).isEqualTo("climatology");

        var second = sources.read(BERLIN, NOW, TIMEOUT).toCompletableFuture();
        slow.countDown();
        assertThat(second.join().source().id()).isEqualTo("open-meteo");
        assertThat(upstream.requests).hasSize(1);
    }

    @Test
    void aReadWithoutTimeLeftUsesTheClimatologyAndCallsNoSource() {
        assertThat(sources("open-meteo", Map.of())
                        .read(BERLIN, NOW, Duration.ofMillis(-20))
                        .toCompletableFuture()
                        .join()
                        .source()
                        .id())
                .isEqualTo("climatology");
        assertThat(upstream.requests).isEmpty();
    }

    @Test
    void aReadForYesterdayUsesTheClimatologyOnly() {
        Reading reading = sources("open-meteo", Map.of())
                .read(BERLIN, NOW.minus(Duration.ofDays(1)), TIMEOUT)
                .toCompletableFuture()
                .join();

        assertThat(reading.source().id()).isEqualTo("climatology");
        assertThat(upstream.requests).isEmpty();
    }

    @Test
    void aValueFarFromTheClimateIsSuspect() {
        upstream.behave(FakeUpstream.respond(200, ResponseBodies.OPEN_METEO.replace("5.7", "48.0")));

        Reading reading = read(sources("open-meteo", Map.of()), BERLIN);

        assertThat(reading.temperature().value()).isEqualTo(48);
        assertThat(reading.temperature().quality()).isEqualTo(Quality.QUALITY_SUSPECT);
        assertThat(reading.humidity().quality()).isEqualTo(Quality.QUALITY_GOOD);
    }

    @Test
    void aSourceThatKeepsFailingIsNotCalledAndListedAsFailing() {
        SourceChain sources = sources("open-meteo", Map.of());
        read(sources, BERLIN);
        upstream.behave(FakeUpstream.respond(500, ""));

        for (int i = 0; i < 20; i++) {
            read(sources, new GeoPoint(i, i, OptionalDouble.empty()));
        }

        assertThat(upstream.requests).hasSize(1 + CircuitBreaker.MAX_FAILURES);
        assertThat(sources.sources())
                .extracting(ReadingSource::state)
                .containsExactly(Source.State.STATE_FAILING, Source.State.STATE_SERVING);
    }

    @Test
    void rejectedRequestsDoNotOpenTheCircuit() {
        SourceChain sources = sources("open-meteo", Map.of());
        upstream.behave(FakeUpstream.respond(400, "{\"error\":true}"));
        for (int i = 0; i < 10; i++) {
            read(sources, new GeoPoint(i, i, OptionalDouble.empty()));
        }

        upstream.behave(FakeUpstream.respond(200, ResponseBodies.OPEN_METEO));
        assertThat(read(sources, BERLIN).source().id()).isEqualTo("open-meteo");
    }

    @Test
    void aUsedUpQuotaSkipsTheSourceWithoutAFailure() {
        SourceChain sources = sources("open-meteo", Map.of("WEATHER_CALLS_PER_MINUTE", "2"));

        List<String> used = IntStream.range(0, 5)
                .mapToObj(i -> read(sources, new GeoPoint(50 + i, 13, OptionalDouble.empty()))
                        .source()
                        .id())
                .toList();

        assertThat(used).containsExactly("open-meteo", "open-meteo", "climatology", "climatology", "climatology");
        assertThat(upstream.requests).hasSize(2);
        assertThat(sources.sources().get(0).state()).isEqualTo(Source.State.STATE_EXHAUSTED);
    }
}
