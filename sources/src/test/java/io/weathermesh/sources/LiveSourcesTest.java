package io.weathermesh.sources;

import static org.assertj.core.api.Assertions.assertThat;

import io.weathermesh.proto.common.v1.Kind;
import io.weathermesh.proto.common.v1.Quality;
import io.weathermesh.proto.common.v1.Source;
import io.weathermesh.sources.PlayedUpstream.Behavior;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Plays each live source on loopback, good and bad: the right one must answer, in time, under its own name. */
final class LiveSourcesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T06:02:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final GeoPoint BERLIN = new GeoPoint(52.5244, 13.4105, OptionalDouble.of(40));
    private static final Duration PATIENCE = Sources.LONGEST;

    /** A slow machine may not take a source that answers for one that does not: the test alone lets time pass. */
    private static final Duration UNHURRIED = Duration.ofMinutes(5);

    private final PlayedUpstream upstream = new PlayedUpstream(PlayedUpstream.says(200, Bodies.OPEN_METEO));
    private final HandMovedTime time = new HandMovedTime(NOW);
    private final HttpClient client = HttpClient.newHttpClient();

    LiveSourcesTest() throws Exception {}

    @AfterEach
    void close() {
        upstream.close();
    }

    private Sources sources(String order, Map<String, String> more) {
        return sources(order, more, upstream);
    }

    private Sources sources(String order, Map<String, String> more, PlayedUpstream server) {
        Map<String, String> common = Map.of(
                "WEATHER_SOURCES", order,
                "WEATHER_CONTACT", "ops@example.org",
                "WEATHER_OPEN_METEO_URL", server.url(),
                "WEATHER_MET_NORWAY_URL", server.url(),
                "WEATHER_AWC_METAR_URL", server.url());
        return Sources.from(
                (name, fallback) -> more.getOrDefault(name, common.getOrDefault(name, fallback)),
                CLOCK,
                time,
                client,
                UNHURRIED);
    }

    private static Reading read(Sources sources, GeoPoint point) {
        return sources.read(point, NOW, PATIENCE).toCompletableFuture().join();
    }

    private record Fault(String name, UnaryOperator<String> body, Function<String, Behavior> behavior) {
        Fault(String name, Behavior behavior) {
            this(name, good -> "", good -> behavior);
        }

        static Fault of(String name, UnaryOperator<String> body) {
            return new Fault(name, body, good -> PlayedUpstream.says(200, body.apply(good)));
        }

        /** Not every source tells its units. */
        boolean concerns(String good) {
            return !body.apply(good).equals(good);
        }
    }

    private static Stream<Fault> faults() {
        return Stream.of(
                new Fault("refuses the question", PlayedUpstream.says(400, "{\"error\":true}")),
                new Fault("refuses everybody", PlayedUpstream.says(403, "")),
                new Fault("asks to be left alone", PlayedUpstream.says(429, "Minutely API request limit exceeded")),
                new Fault("is broken", PlayedUpstream.says(503, "<html>sorry</html>")),
                new Fault("answers garbage", PlayedUpstream.says(200, "\u0000\u0001 not json")),
                new Fault("answers other JSON", PlayedUpstream.says(200, "{\"current\":[]}")),
                new Fault("answers nothing", PlayedUpstream.says(204, "")),
                new Fault("never ends", PlayedUpstream.says(200, " ".repeat(LimitedBody.MAX_BYTES + 1))),
                new Fault("answers 304 unasked", PlayedUpstream.says(304, "")),
                new Fault("answers half a body", good -> "", PlayedUpstream::saysHalf),
                Fault.of(
                        "answers no number",
                        good -> good.replaceAll("(temperature_2m|air_temperature|temp)\":[\\d.]+", "$1\":null")),
                Fault.of("answers in other units", good -> good.replace("°C", "°F")
                        .replace("celsius", "kelvin")),
                Fault.of("answers for another day", good -> good.replace("17954", "17953")
                        .replace("-23T", "-20T")
                        .replace("-02T", "-01T")));
    }

    /** Each source with each fault; the next live one must answer, and the climatology where there is none. */
    @TestFactory
    Stream<DynamicTest> theNextSourceStandsInForOneThat() {
        return Stream.of("open-meteo,met-norway", "met-norway,awc-metar", "awc-metar,open-meteo", "open-meteo")
                .flatMap(order -> faults().filter(fault -> fault.concerns(Bodies.of(order.split(",", 2)[0])))
                        .map(fault -> DynamicTest.dynamicTest(
                                fault.name() + ": " + order, () -> handsOver(order.split(",", -1), fault))));
    }

    private void handsOver(String[] order, Fault fault) throws Exception {
        Behavior faulty = fault.behavior().apply(Bodies.of(order[0]));
        try (PlayedUpstream server = new PlayedUpstream(PlayedUpstream.only(order[0], faulty))) {
            Reading reading = read(sources(String.join(",", order), Map.of(), server), BERLIN);

            // The JDK's client asks once more when a connection ends before it has seen an answer begin.
            assertThat(server.asked).hasSizeBetween(order.length, order.length + 1);
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
        assertThat(upstream.asked.get(0).getQuery())
                .contains("latitude=52.52&longitude=13.41&", "timezone=GMT", "elevation=40");
    }

    @Test
    void whereNoStationIsNearTheNextSourceAnswersAndTheFirstStaysTrusted() {
        upstream.behaves(PlayedUpstream.only("awc-metar", PlayedUpstream.says(200, "[]")));
        Sources sources = sources("awc-metar,open-meteo", Map.of());

        for (int i = 0; i < 5; i++) {
            Reading reading = read(sources, new GeoPoint(50 + i, 13, OptionalDouble.of(40)));
            assertThat(reading.source().id()).isEqualTo("open-meteo");
        }

        assertThat(sources.ordered()).allMatch(source -> source.state() == Source.State.STATE_SERVING);
    }

    @Test
    void aThousandQuestionsForOnePlaceMakeOneCall() throws Exception {
        CountDownLatch allAsked = new CountDownLatch(1);
        upstream.behaves(exchange -> {
            allAsked.await();
            PlayedUpstream.says(200, Bodies.OPEN_METEO).answer(exchange);
        });
        Sources sources = sources("open-meteo", Map.of());

        List<CompletableFuture<Reading>> answers = IntStream.range(0, 1_000)
                .mapToObj(i -> sources.read(BERLIN, NOW, PATIENCE).toCompletableFuture())
                .toList();
        allAsked.countDown();

        assertThat(answers).allMatch(answer -> answer.join().source().id().equals("open-meteo"));
        assertThat(upstream.asked).hasSize(1);
    }

    @Test
    void aSlowSourceIsLeftInTimeAndItsAnswerServesTheNextQuestion() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        upstream.behaves(exchange -> {
            slow.await();
            PlayedUpstream.says(200, Bodies.OPEN_METEO).answer(exchange);
        });
        Sources sources = sources("open-meteo", Map.of());

        CompletableFuture<Reading> first =
                sources.read(BERLIN, NOW, Duration.ofMillis(50)).toCompletableFuture();
        time.move(Duration.ofMillis(49));
        assertThat(first).isNotDone();
        time.move(Duration.ofMillis(1));
        assertThat(first.join().source().id()).isEqualTo("climatology");

        var second = sources.read(BERLIN, NOW, PATIENCE).toCompletableFuture();
        slow.countDown();
        assertThat(second.join().source().id()).isEqualTo("open-meteo");
        assertThat(upstream.asked).hasSize(1);
    }

    @Test
    void aCallerWithoutTimeGetsTheClimatologyAndNothingIsAsked() {
        assertThat(sources("open-meteo", Map.of())
                        .read(BERLIN, NOW, Duration.ofMillis(-20))
                        .toCompletableFuture()
                        .join()
                        .source()
                        .id())
                .isEqualTo("climatology");
        assertThat(upstream.asked).isEmpty();
    }

    @Test
    void yesterdayIsForTheClimatologyAlone() {
        Reading reading = sources("open-meteo", Map.of())
                .read(BERLIN, NOW.minus(Duration.ofDays(1)), PATIENCE)
                .toCompletableFuture()
                .join();

        assertThat(reading.source().id()).isEqualTo("climatology");
        assertThat(upstream.asked).isEmpty();
    }

    @Test
    void aValueBeyondTheClimateOfThePlaceIsShownAsSuspect() {
        upstream.behaves(PlayedUpstream.says(200, Bodies.OPEN_METEO.replace("5.7", "48.0")));

        Reading reading = read(sources("open-meteo", Map.of()), BERLIN);

        assertThat(reading.temperature().value()).isEqualTo(48);
        assertThat(reading.temperature().quality()).isEqualTo(Quality.QUALITY_SUSPECT);
        assertThat(reading.humidity().quality()).isEqualTo(Quality.QUALITY_GOOD);
    }

    @Test
    void aSourceThatKeepsFailingIsLeftAloneAndListedAsFailing() {
        Sources sources = sources("open-meteo", Map.of());
        read(sources, BERLIN);
        upstream.behaves(PlayedUpstream.says(500, ""));

        for (int i = 0; i < 20; i++) {
            read(sources, new GeoPoint(i, i, OptionalDouble.empty()));
        }

        assertThat(upstream.asked).hasSize(1 + CircuitBreaker.FAILURES);
        assertThat(sources.ordered())
                .extracting(ReadingSource::state)
                .containsExactly(Source.State.STATE_FAILING, Source.State.STATE_SERVING);
    }

    @Test
    void questionsThatASourceRefusesDoNotTakeItFromOthers() {
        Sources sources = sources("open-meteo", Map.of());
        upstream.behaves(PlayedUpstream.says(400, "{\"error\":true}"));
        for (int i = 0; i < 10; i++) {
            read(sources, new GeoPoint(i, i, OptionalDouble.empty()));
        }

        upstream.behaves(PlayedUpstream.says(200, Bodies.OPEN_METEO));
        assertThat(read(sources, BERLIN).source().id()).isEqualTo("open-meteo");
    }

    @Test
    void theQuotaIsKeptBeforeTheSourceHasToSayNoAndIsNoFailure() {
        Sources sources = sources("open-meteo", Map.of("WEATHER_CALLS_PER_MINUTE", "2"));

        List<String> answered = IntStream.range(0, 5)
                .mapToObj(i -> read(sources, new GeoPoint(50 + i, 13, OptionalDouble.empty()))
                        .source()
                        .id())
                .toList();

        assertThat(answered).containsExactly("open-meteo", "open-meteo", "climatology", "climatology", "climatology");
        assertThat(upstream.asked).hasSize(2);
        assertThat(sources.ordered().get(0).state()).isEqualTo(Source.State.STATE_EXHAUSTED);
    }
}
