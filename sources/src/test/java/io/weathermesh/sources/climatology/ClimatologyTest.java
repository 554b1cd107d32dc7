package io.weathermesh.sources.climatology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weathermesh.proto.common.v1.Kind;
import io.weathermesh.proto.common.v1.Quality;
import io.weathermesh.sources.GeoPoint;
import io.weathermesh.sources.Reading;
import io.weathermesh.sources.Saturation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class ClimatologyTest {
    private static final GeoPoint VIENNA = new GeoPoint(48.25, 16.36, OptionalDouble.of(198));
    private static final Instant NOON = Instant.parse("2026-07-16T11:00:00Z");

    private final Climatology climatology = Climatology.embedded(Clock.fixed(NOON, ZoneOffset.UTC));

    @Test
    void theMeanOfADayInMidMonthIsTheMonthlyMean() {
        double sum = 0;
        for (int hour = 0; hour < 24; hour++) {
            Instant instant = Instant.parse("2026-07-16T00:00:00Z").plus(Duration.ofHours(hour));
            sum += climatology.usual(VIENNA, instant, NOON).temperature().value();
        }

        assertThat(sum / 24)
                .isCloseTo(climatology.estimate(VIENNA).temperature().mean(6), within(0.4));
    }

    @Test
    void humidityIsLowerInTheAfternoonThanAtDawn() {
        Reading dawn = climatology.usual(VIENNA, Instant.parse("2026-07-16T04:30:00Z"), NOON);
        Reading afternoon = climatology.usual(VIENNA, Instant.parse("2026-07-16T13:30:00Z"), NOON);

        assertThat(afternoon.temperature().value())
                .isGreaterThan(dawn.temperature().value() + 4);
        assertThat(afternoon.humidity().value()).isLessThan(dawn.humidity().value() - 10);
    }

    @Test
    void aReadingNamesItsKindQualityAndUncertainty() {
        Reading reading = climatology.usual(VIENNA, NOON.plusSeconds(123), NOON.plusSeconds(123));

        assertThat(reading.source().kind()).isEqualTo(Kind.KIND_CLIMATOLOGY);
        assertThat(reading.temperature().quality()).isEqualTo(Quality.QUALITY_GOOD);
        assertThat(reading.temperature().uncertainty()).hasValue(3.5);
        assertThat(reading.humidity().quality()).isEqualTo(Quality.QUALITY_UNVERIFIED);
        assertThat(reading.humidity().uncertainty()).hasValue(17);
        assertThat(reading.observeTime()).isEqualTo(NOON);
        assertThat(reading.expireTime()).isEqualTo(NOON.plus(Duration.ofMinutes(10)));
    }

    @Test
    void humidityFromUnverifiedFiguresIsMarkedAndLessCertain() {
        Reading moscow = climatology.usual(new GeoPoint(55.83, 37.62, OptionalDouble.of(156)), NOON, NOON);

        assertThat(moscow.temperature().quality()).isEqualTo(Quality.QUALITY_GOOD);
        assertThat(moscow.humidity().quality()).isEqualTo(Quality.QUALITY_UNVERIFIED);
        assertThat(moscow.humidity().uncertainty()).hasValue(17);
    }

    @Test
    void humidityFromALowQualitySourceIsNotVerified() {
        assertThat(Normal.table().stream()
                        .filter(normal -> normal.citation().contains("LOW QUALITY"))
                        .toList())
                .extracting(Normal::place)
                .containsExactly("Vienna", "London");
        assertThat(Normal.table())
                .allMatch(normal -> !normal.humidityVerified()
                        || !normal.citation().matches(".*(LOW QUALITY|recalled|not verified).*"));
    }

    @Test
    void humidityFarFromEveryPlaceRestsOnTheOceans() {
        ClimateEstimate pacific = climatology.estimate(new GeoPoint(-47, -125, OptionalDouble.of(0)));

        assertThat(pacific.verifiedShare()).isGreaterThan(0.6);
    }

    @Test
    void aValueBetweenPlacesIsEstimatedAndLessCertainFartherAway() {
        Reading graz = climatology.usual(new GeoPoint(47.07, 15.44, OptionalDouble.of(353)), NOON, NOON);
        Reading pacific = climatology.usual(new GeoPoint(-40, -120, OptionalDouble.of(0)), NOON, NOON);

        assertThat(graz.temperature().quality()).isEqualTo(Quality.QUALITY_ESTIMATED);
        assertThat(pacific.temperature().uncertainty().orElseThrow())
                .isGreaterThan(graz.temperature().uncertainty().orElseThrow());
    }

    @Test
    void valuesAreWithinPhysicalBoundsEverywhere() {
        for (double latitude = -90; latitude <= 90; latitude += 7.5) {
            for (double longitude = -180; longitude <= 180; longitude += 30) {
                for (int hour = 0; hour < 365 * 24; hour += 37 * 24 + 5) {
                    Instant instant = Instant.parse("2028-01-01T00:00:00Z").plus(Duration.ofHours(hour));
                    Reading reading = climatology.usual(
                            new GeoPoint(latitude, longitude, OptionalDouble.empty()), instant, instant);
                    assertThat(reading.temperature().value()).isBetween(-70.0, 50.0);
                    assertThat(reading.humidity().value()).isBetween(5.0, 100.0);
                }
            }
        }
    }

    @Test
    void temperatureIsContinuousAtNewYear() {
        Instant midnight = Instant.parse("2027-01-01T00:00:00Z");

        double before = climatology
                .usual(VIENNA, midnight.minusSeconds(1), midnight)
                .temperature()
                .value();
        double after =
                climatology.usual(VIENNA, midnight, midnight).temperature().value();

        assertThat(after).isCloseTo(before, within(0.2));
    }

    @Test
    void temperatureFallsWithElevation() {
        GeoPoint low = new GeoPoint(47, 11, OptionalDouble.of(500));
        GeoPoint high = new GeoPoint(47, 11, OptionalDouble.of(3_000));

        double difference = climatology.estimate(low).temperature().mean(0)
                - climatology.estimate(high).temperature().mean(0);

        assertThat(difference).isCloseTo(16.25, within(0.01));
    }

    @Test
    void saturationMatchesThePublishedTable() {
        assertThat(Saturation.hectopascals(0)).isCloseTo(6.11, within(0.01));
        assertThat(Saturation.hectopascals(20)).isCloseTo(23.4, within(0.1));
        assertThat(Saturation.hectopascals(40)).isCloseTo(73.8, within(0.4));
    }

    @Test
    void dayLengthIsGreatestAtMidsummerAndAlwaysBetween0And24Hours() {
        assertThat(DiurnalCycle.dayLengthHours(48, 172)).isCloseTo(16, within(0.3));
        assertThat(DiurnalCycle.dayLengthHours(0, 20)).isCloseTo(12, within(0.01));
        assertThat(DiurnalCycle.dayLengthHours(90, 172)).isEqualTo(24);
        assertThat(DiurnalCycle.dayLengthHours(-90, 172)).isZero();
    }
}
