package io.weathermesh.sources.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weathermesh.sources.GeoPoint;
import io.weathermesh.sources.ManualTime;
import io.weathermesh.sources.Reading;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** MET Norway returns a series of hours: the reading depends on the instant, the request does not. */
final class MetNorwayTest {
    private static final Instant NOW = Instant.parse("2026-11-23T06:02:00Z");
    private static final GeoPoint BERLIN = new GeoPoint(52.5244, 13.4105, OptionalDouble.of(40));
    private static final String MODIFIED = "Mon, 23 Nov 2026 05:31:12 GMT";

    private final FakeUpstream upstream = new FakeUpstream(FakeUpstream.respond(
            200, ResponseBodies.MET_NORWAY, "Expires", "Mon, 23 Nov 2026 06:32:00 GMT", "Last-Modified", MODIFIED));
    private final ManualTime time = new ManualTime(NOW);
    private final CachedSource source = new CachedSource(
            new MetNorway(
                    new Upstream(
                            "met-norway",
                            URI.create(upstream.url()),
                            "weather-mesh/0.1 ops@example.org",
                            HttpClient.newHttpClient(),
                            time,
                            Duration.ofMinutes(5)),
                    time),
            time,
            () -> 0);

    MetNorwayTest() throws Exception {}

    @AfterEach
    void close() {
        upstream.close();
    }

    private Reading read(Instant instant) {
        return source.read(BERLIN, instant).toCompletableFuture().join();
    }

    @Test
    void aRequestIdentifiesTheClientIsConditionalAndRespectsExpires() {
        read(NOW);
        upstream.behave(FakeUpstream.respond(304, "", "Expires", "Mon, 23 Nov 2026 07:10:00 GMT"));
        time.move(Duration.ofMinutes(29));
        read(time.instant());
        assertThat(upstream.requests).hasSize(1);

        time.move(Duration.ofMinutes(2));
        Reading second = read(time.instant());

        assertThat(upstream.requests).hasSize(2);
        assertThat(second.temperature().value()).isCloseTo(6.4, within(1e-9));
        assertThat(second.fetchTime()).isEqualTo(NOW.plus(Duration.ofMinutes(31)));
        assertThat(upstream.headers.get(0).get("User-agent")).containsExactly("weather-mesh/0.1 ops@example.org");
        assertThat(upstream.headers.get(1).get("If-modified-since")).containsExactly(MODIFIED);
    }

    @Test
    void aReadForLaterDoesNotAffectAReadForNow() {
        Reading later = read(NOW.plus(Duration.ofMinutes(59)));
        Reading now = read(NOW);

        assertThat(later.observeTime()).isEqualTo("2026-11-23T07:00:00Z");
        assertThat(later.temperature().value()).isEqualTo(6.7);
        assertThat(now.observeTime()).isEqualTo("2026-11-23T06:00:00Z");
        assertThat(now.temperature().value()).isEqualTo(6.1);
        assertThat(upstream.requests).hasSize(1);
    }

    @Test
    void valuesBetweenTwoHoursAreInterpolatedSoThatBothProvidersAgree() {
        Reading temperature = read(Instant.parse("2026-11-23T06:29:00Z"));
        Reading humidity = read(Instant.parse("2026-11-23T06:31:00Z"));

        assertThat(Duration.between(temperature.observeTime(), humidity.observeTime()))
                .isEqualTo(Duration.ofMinutes(10));
        assertThat(temperature.temperature().value()).isCloseTo(6.3, within(1e-9));
        assertThat(humidity.humidity().value()).isCloseTo(78, within(1e-9));
    }

    @Test
    void aReadingExpiresAtTheNextStepOrWithTheForecast() {
        assertThat(read(NOW).expireTime()).isEqualTo("2026-11-23T06:10:00Z");

        time.move(Duration.ofMinutes(29));
        assertThat(read(time.instant()).expireTime()).isEqualTo("2026-11-23T06:32:00Z");
    }

    @Test
    void anOutdatedForecastMakesNoConditionalRequest() {
        read(NOW);

        time.move(Duration.ofHours(9));
        assertThat(source.read(BERLIN, time.instant()).toCompletableFuture()).failsWithin(Duration.ofMinutes(5));

        assertThat(upstream.headers.get(1)).doesNotContainKey("If-modified-since");
    }

    @Test
    void aDeprecatedResponseIsAccepted() {
        upstream.behave(FakeUpstream.respond(203, ResponseBodies.MET_NORWAY));

        assertThat(read(NOW).source().id()).isEqualTo("met-norway");
    }
}
