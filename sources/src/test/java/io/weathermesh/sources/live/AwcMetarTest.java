package io.weathermesh.sources.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weathermesh.proto.common.v1.Kind;
import io.weathermesh.proto.common.v1.Quality;
import io.weathermesh.sources.GeoPoint;
import io.weathermesh.sources.Reading;
import io.weathermesh.sources.ReadingSource;
import io.weathermesh.sources.climatology.Climatology;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which station's report is returned, and its uncertainty. */
final class AwcMetarTest {
    private static final Instant NOW = Instant.parse("2026-11-23T06:02:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final GeoPoint BERLIN = new GeoPoint(52.5, 13.4, OptionalDouble.of(40));

    private final FakeUpstream upstream = new FakeUpstream(FakeUpstream.respond(200, ResponseBodies.METAR));
    private final ReadingSource source = new PlausibilityCheck(
            new CachedSource(
                    new AwcMetar(
                            new Upstream(
                                    "awc-metar",
                                    URI.create(upstream.url()),
                                    "weather-mesh/0.1",
                                    HttpClient.newHttpClient(),
                                    CLOCK,
                                    Duration.ofMinutes(5)),
                            CLOCK),
                    CLOCK,
                    () -> 0),
            Climatology.embedded(CLOCK));

    AwcMetarTest() throws Exception {}

    @AfterEach
    void close() {
        upstream.close();
    }

    private Reading read() {
        return source.read(BERLIN, NOW).toCompletableFuture().join();
    }

    private void reports(String... rows) {
        upstream.behave(FakeUpstream.respond(200, "[" + String.join(",", rows) + "]"));
    }

    private static String row(
            String id, Duration age, double north, String elevation, String temperatures, String raw) {
        return String.format(
                Locale.ROOT,
                "{\"icaoId\":\"%s\",\"obsTime\":%d,%s,\"lat\":%.4f,\"lon\":13.4,\"elev\":%s,\"rawOb\":%s}",
                id,
                NOW.minus(age).getEpochSecond(),
                temperatures,
                52.5 + north,
                elevation,
                raw);
    }

    private static String near(String id, Duration age) {
        return row(id, age, 0.1, "48", "\"temp\":5,\"dewp\":3", "\"\"");
    }

    private void assertNoData() {
        assertThat(source.read(BERLIN, NOW).toCompletableFuture())
                .failsWithin(Duration.ofMinutes(5))
                .withThrowableThat()
                .withCauseInstanceOf(NoDataException.class);
    }

    @Test
    void aReportIsAnObservationWhoseHumidityIsUncertainByWholeDegrees() {
        Reading reading = read();

        assertThat(reading.source().kind()).isEqualTo(Kind.KIND_OBSERVATION);
        assertThat(reading.station()).isEqualTo("EDDB");
        assertThat(reading.distanceMeters().orElseThrow()).isBetween(16_000.0, 18_000.0);
        assertThat(reading.humidity().value()).isCloseTo(86.9, within(0.2));
        assertThat(reading.humidity().uncertainty().orElseThrow()).isBetween(4.0, 7.0);
        assertThat(reading.humidity().quality()).isEqualTo(Quality.QUALITY_GOOD);
    }

    @Test
    void remarksInTenthsAreUsedAndMoreCertain() {
        reports(row(
                "KXYZ",
                Duration.ofMinutes(10),
                0.1,
                "48",
                "\"temp\":1,\"dewp\":-1",
                "\"METAR KXYZ 230552Z 01/M01 RMK AO2 T00061011\""));

        Reading reading = read();

        assertThat(reading.temperature().value()).isEqualTo(0.6);
        assertThat(reading.temperature().uncertainty().orElseThrow()).isCloseTo(0.5, within(0.01));
        assertThat(reading.humidity().value()).isCloseTo(88.4, within(0.3));
    }

    @ParameterizedTest
    @CsvSource({"0.44, 48, 0", "0.1, 339, 0", "0.1, 48, 179"})
    void aStationJustWithinTheLimitsIsUsed(double north, String elevation, int minutes) {
        reports(row("EDZZ", Duration.ofMinutes(minutes), north, elevation, "\"temp\":5,\"dewp\":3", "\"\""));

        assertThat(read().station()).isEqualTo("EDZZ");
    }

    @ParameterizedTest
    @CsvSource({"0.46, 48, 0", "0.1, 341, 0", "0.1, 48, 181", "0.1, 48, -61"})
    void aStationBeyondALimitIsNotUsed(double north, String elevation, int minutes) {
        reports(row("EDZZ", Duration.ofMinutes(minutes), north, elevation, "\"temp\":5,\"dewp\":3", "\"\""));

        assertNoData();
    }

    @ParameterizedTest
    @ValueSource(longs = {76, -11})
    void anOverdueOrFutureReportIsSuspect(long minutes) {
        reports(near("EDZZ", Duration.ofMinutes(minutes)));

        assertThat(read().temperature().quality()).isEqualTo(Quality.QUALITY_SUSPECT);
        assertThat(read().humidity().quality()).isEqualTo(Quality.QUALITY_SUSPECT);
    }

    @Test
    void aReportFromAnHourAgoIsGood() {
        reports(near("EDZZ", Duration.ofMinutes(74)));

        assertThat(read().temperature().quality()).isEqualTo(Quality.QUALITY_GOOD);
    }

    @Test
    void aDewPointAboveTheAirTemperatureIsSuspect() {
        reports(row("EDZZ", Duration.ZERO, 0.1, "48", "\"temp\":10,\"dewp\":11", "\"\""));

        assertThat(read().humidity().value()).isGreaterThan(105);
        assertThat(read().humidity().quality()).isEqualTo(Quality.QUALITY_SUSPECT);
    }

    /** The unreadable rows are nearer than the readable one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "{\"icaoId\":\"EDXX\",\"temp\":5,\"dewp\":3,\"obsTime\":1795413000,\"lat\":52.5,\"lon\":13.4,\"rawOb\":\"\"}",
                "{\"icaoId\":\"EDXX\",\"temp\":5,\"dewp\":3,\"obsTime\":1795413000,\"lat\":52.5,\"lon\":13.4,\"elev\":-9999}",
                "{\"icaoId\":\"EDXX\",\"temp\":5,\"dewp\":3,\"obsTime\":1795413000,\"lat\":525,\"lon\":13.4,\"elev\":40}",
                "{\"icaoId\":\"EDXX\",\"temp\":5,\"dewp\":3,\"obsTime\":\"now\",\"lat\":52.5,\"lon\":13.4,\"elev\":40}"
            })
    void anUnreadableRowDoesNotAffectTheOthers(String bad) {
        reports(bad, near("EDZZ", Duration.ZERO));

        assertThat(read().station()).isEqualTo("EDZZ");
    }

    @Test
    void aReportWithoutRawTextIsReadFromItsNumbers() {
        reports(row("EDZZ", Duration.ZERO, 0.1, "48", "\"temp\":5,\"dewp\":3", "null"));

        assertThat(read().temperature().value()).isEqualTo(5);
    }

    @Test
    void aResponseWithoutBodyMeansNoStation() {
        upstream.behave(FakeUpstream.respond(204, ""));

        assertNoData();
    }
}
