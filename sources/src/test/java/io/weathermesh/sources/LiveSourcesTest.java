package io.weathermesh.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.weathermesh.proto.common.v1.Kind;
import io.weathermesh.proto.common.v1.Quality;
import io.weathermesh.sources.PlayedUpstream.Behavior;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
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
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final String OPEN_METEO = """
            {"latitude":52.52,"longitude":13.42,"utc_offset_seconds":0,"timezone":"GMT","elevation":38.0,
             "current_units":{"time":"unixtime","interval":"seconds","temperature_2m":"°C","relative_humidity_2m":"%"},
             "current":{"time":1795413600,"interval":900,"temperature_2m":5.7,"relative_humidity_2m":81}}
            """;
    private static final String MET_NORWAY = """
            {"type":"Feature","geometry":{"type":"Point","coordinates":[13.41,52.52,38]},"properties":{
             "meta":{"units":{"air_temperature":"celsius","relative_humidity":"%"}},"timeseries":[
             {"time":"2026-11-23T06:00:00Z","data":{"instant":{"details":{"air_temperature":6.1,"relative_humidity":79.5}}}},
             {"time":"2026-11-23T07:00:00Z","data":{"instant":{"details":{"air_temperature":6.4,"relative_humidity":78.0}}}}
            ]}}
            """;
    private static final String METAR = """
            [{"icaoId":"EDDB","obsTime":1795413000,"temp":5,"dewp":3,"lat":52.362,"lon":13.501,"elev":48,
              "rawOb":"METAR EDDB 230550Z AUTO 23008KT 9999 OVC021 05/03 Q1012 NOSIG"},
             {"icaoId":"EDAZ","obsTime":1795413000,"temp":4,"dewp":null,"lat":52.5,"lon":13.4,"elev":40,"rawOb":""}]
            """;

    private final PlayedUpstream upstream = new PlayedUpstream(PlayedUpstream.says(200, OPEN_METEO));
    private final Timers timers = Timers.daemon("test");

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
                (name, fallback) -> more.getOrDefault(name, common.getOrDefault(name, fallback)), CLOCK, timers);
    }

    private static Reading read(Sources sources, GeoPoint point) {
        return sources.read(point, NOW, PATIENCE).toCompletableFuture().join();
    }

    private record Fault(String name, Behavior behavior) {}

    @TestFactory
    Stream<DynamicTest> theClimatologyStandsInForASourceThat() {
        return Stream.of(
                        new Fault("refuses the question", PlayedUpstream.says(400, "{\"error\":true}")),
                        new Fault(
                                "asks to be left alone",
                                PlayedUpstream.says(429, "Minutely API request limit exceeded")),
                        new Fault("is broken", PlayedUpstream.says(503, "<html>sorry</html>")),
                        new Fault("answers garbage", PlayedUpstream.says(200, "\u0000\u0001 not json")),
                        new Fault("answers other JSON", PlayedUpstream.says(200, "{\"current\":[]}")),
                        new Fault("answers no number", PlayedUpstream.says(200, OPEN_METEO.replace("5.7", "null"))),
                        new Fault("answers other units", PlayedUpstream.says(200, OPEN_METEO.replace("°C", "°F"))),
                        new Fault("answers half a body", PlayedUpstream.saysHalf(OPEN_METEO)),
                        new Fault("never ends", PlayedUpstream.says(200, " ".repeat(LimitedBody.MAX_BYTES + 1))),
                        new Fault("answers 304 unasked", PlayedUpstream.says(304, "")))
                .map(fault -> DynamicTest.dynamicTest(fault.name(), () -> {
                    try (PlayedUpstream server = new PlayedUpstream(fault.behavior())) {
                        Reading reading = read(sources("open-meteo,climatology", Map.of(), server), BERLIN);

                        // The JDK's client asks once more when a connection ends before it has seen an answer begin.
                        assertThat(server.asked).hasSizeBetween(1, 2);
                        assertThat(reading.source().kind()).isEqualTo(Kind.KIND_CLIMATOLOGY);
                        assertThat(reading.expireTime()).isEqualTo(NOW.plusSeconds(30));
                    }
                }));
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
    void anAnswerMarkedAsDeprecatedIsStillAnAnswer() {
        upstream.behaves(PlayedUpstream.says(203, MET_NORWAY));

        assertThat(read(sources("met-norway", Map.of()), BERLIN).source().id()).isEqualTo("met-norway");
    }

    @Test
    void metNorwayIsToldWhoAsksAndWhatIsKnownAlready() {
        String modified = "Mon, 23 Nov 2026 05:31:12 GMT";
        upstream.behaves(PlayedUpstream.says(
                200, MET_NORWAY, "Expires", "Mon, 23 Nov 2026 06:32:00 GMT", "Last-Modified", modified));
        HandMovedTime time = new HandMovedTime(NOW);
        Upstream http = new Upstream(
                "met-norway",
                URI.create(upstream.url()),
                "weather-mesh/0.1 ops@example.org",
                HttpClient.newHttpClient(),
                time);
        CachedSource source = new CachedSource(new MetNorway(http, time), time, () -> 0);

        Reading first = source.read(BERLIN, NOW).toCompletableFuture().join();
        upstream.behaves(PlayedUpstream.says(304, "", "Expires", "Mon, 23 Nov 2026 07:10:00 GMT"));
        time.move(Duration.ofMinutes(29));
        source.read(BERLIN, time.instant()).toCompletableFuture().join();
        assertThat(upstream.asked).hasSize(1);
        time.move(Duration.ofMinutes(2));
        Reading second =
                source.read(BERLIN, time.instant()).toCompletableFuture().join();

        assertThat(first.temperature().value()).isEqualTo(6.1);
        assertThat(first.expireTime()).isEqualTo("2026-11-23T06:32:00Z");
        assertThat(second.temperature().value()).isEqualTo(6.4);
        assertThat(second.expireTime()).isEqualTo("2026-11-23T07:10:00Z");
        assertThat(upstream.headers.get(0).get("User-agent")).containsExactly("weather-mesh/0.1 ops@example.org");
        assertThat(upstream.headers.get(1).get("If-modified-since")).containsExactly(modified);
    }

    @Test
    void metarIsAnObservationOfItsStationAndItsWholeDegreesMakeHumidityUnsure() {
        upstream.behaves(PlayedUpstream.says(200, METAR));

        Reading reading = read(sources("awc-metar", Map.of()), BERLIN);

        assertThat(reading.source().kind()).isEqualTo(Kind.KIND_OBSERVATION);
        assertThat(reading.station()).isEqualTo("EDDB");
        assertThat(reading.distanceMeters().orElseThrow()).isBetween(18_000.0, 20_000.0);
        assertThat(reading.humidity().value()).isCloseTo(86.9, within(0.2));
        assertThat(reading.humidity().uncertainty().orElseThrow()).isBetween(4.0, 7.0);
    }

    @Test
    void whereNoStationIsNearTheNextSourceAnswersAndTheFirstStaysTrusted() {
        upstream.behaves(exchange -> (exchange.getRequestURI().getPath().contains("metar")
                        ? PlayedUpstream.says(200, "[]")
                        : PlayedUpstream.says(200, OPEN_METEO))
                .answer(exchange));
        Sources sources = sources("awc-metar,open-meteo", Map.of());

        for (int i = 0; i < 5; i++) {
            Reading reading = read(sources, new GeoPoint(50 + i, 13, OptionalDouble.of(40)));
            assertThat(reading.source().id()).isEqualTo("open-meteo");
        }

        assertThat(sources.ordered()).allMatch(ReadingSource::isServing);
    }

    @Test
    void aThousandQuestionsForOnePlaceMakeOneCall() throws Exception {
        CountDownLatch allAsked = new CountDownLatch(1);
        upstream.behaves(exchange -> {
            allAsked.await();
            PlayedUpstream.says(200, OPEN_METEO).answer(exchange);
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
            PlayedUpstream.says(200, OPEN_METEO).answer(exchange);
        });
        Sources sources = sources("open-meteo", Map.of());

        Reading first = sources.read(BERLIN, NOW, Duration.ofMillis(50))
                .toCompletableFuture()
                .join();
        assertThat(first.source().id()).isEqualTo("climatology");

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
    void aSourceThatKeepsFailingIsLeftAloneAndListedAsFailing() {
        upstream.behaves(PlayedUpstream.says(500, ""));
        Sources sources = sources("open-meteo", Map.of());

        for (int i = 0; i < 20; i++) {
            read(sources, new GeoPoint(i, i, OptionalDouble.empty()));
        }

        assertThat(upstream.asked).hasSize(CircuitBreaker.FAILURES);
        assertThat(sources.ordered()).extracting(ReadingSource::isServing).containsExactly(false, true);
    }

    @Test
    void theQuotaIsKeptBeforeTheSourceHasToSayNo() {
        Sources sources = sources("open-meteo", Map.of("WEATHER_CALLS_PER_MINUTE", "2"));

        List<String> answered = IntStream.range(0, 5)
                .mapToObj(i -> read(sources, new GeoPoint(50 + i, 13, OptionalDouble.empty()))
                        .source()
                        .id())
                .toList();

        assertThat(answered).containsExactly("open-meteo", "open-meteo", "climatology", "climatology", "climatology");
        assertThat(upstream.asked).hasSize(2);
    }

    @Test
    void aValueBeyondTheClimateOfThePlaceIsShownAsSuspect() {
        upstream.behaves(PlayedUpstream.says(200, OPEN_METEO.replace("5.7", "48.0")));

        Reading reading = read(sources("open-meteo", Map.of()), BERLIN);

        assertThat(reading.temperature().value()).isEqualTo(48);
        assertThat(reading.temperature().quality()).isEqualTo(Quality.QUALITY_SUSPECT);
        assertThat(reading.humidity().quality()).isEqualTo(Quality.QUALITY_GOOD);
    }

    @Test
    void aThrottledSourceIsAskedAgainWhenItsWindowEnds() {
        assertThat(Throttling.end(Optional.empty(), "Minutely API request limit exceeded", NOW))
                .isEqualTo("2026-11-23T06:03:00Z");
        assertThat(Throttling.end(Optional.empty(), "Hourly API request limit exceeded", NOW))
                .isEqualTo("2026-11-23T07:00:00Z");
        assertThat(Throttling.end(Optional.empty(), "Daily API request limit exceeded", NOW))
                .isEqualTo("2026-11-24T00:00:00Z");
        assertThat(Throttling.end(Optional.of("7"), "", NOW)).isEqualTo(NOW.plusSeconds(7));
    }

    @Test
    void settingsThatAreNotAllowedAreRefusedByNameAndValue() {
        assertThatThrownBy(() -> sources("open-meteo,tea-leaves", Map.of()))
                .hasMessageContaining("WEATHER_SOURCES is 'open-meteo,tea-leaves', but allowed is");
        assertThatThrownBy(() -> sources("climatology,open-meteo", Map.of())).hasMessageContaining("WEATHER_SOURCES");
        assertThatThrownBy(() -> sources("met-norway", Map.of("WEATHER_CONTACT", "")))
                .hasMessageContaining("WEATHER_CONTACT is ''");
        assertThatThrownBy(() -> sources("open-meteo", Map.of("WEATHER_CALLS_PER_DAY", "many")))
                .hasMessageContaining("WEATHER_CALLS_PER_DAY is 'many'");
        assertThatThrownBy(() -> sources("open-meteo", Map.of("WEATHER_OPEN_METEO_URL", "file:///etc/passwd")))
                .hasMessageContaining("WEATHER_OPEN_METEO_URL");
    }
}
