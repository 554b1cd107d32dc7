package io.weathermesh.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weathermesh.proto.common.v1.Kind;
import io.weathermesh.proto.common.v1.Quality;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class ClimatologyTest {
    private static final GeoPoint VIENNA = new GeoPoint(48.25, 16.36, OptionalDouble.of(198));
    private static final Instant NOON = Instant.parse("2026-07-16T11:00:00Z");

    private final Climatology climatology = Climatology.embedded();

    @Test
    void theMeanOfADayInTheMiddleOfAMonthIsThatMonthsMean() {
        double sum = 0;
        for (int hour = 0; hour < 24; hour++) {
            Instant instant = Instant.parse("2026-07-16T00:00:00Z").plus(Duration.ofHours(hour));
            sum += climatology.read(VIENNA, instant, NOON).temperature().value();
        }

        assertThat(sum / 24).isCloseTo(climatology.year(VIENNA).temperature().mean(6), within(0.4));
    }

    @Test
    void airIsDrierInTheAfternoonThanAtDawn() {
        Reading dawn = climatology.read(VIENNA, Instant.parse("2026-07-16T04:30:00Z"), NOON);
        Reading afternoon = climatology.read(VIENNA, Instant.parse("2026-07-16T13:30:00Z"), NOON);

        assertThat(afternoon.temperature().value())
                .isGreaterThan(dawn.temperature().value() + 4);
        assertThat(afternoon.humidity().value()).isLessThan(dawn.humidity().value() - 10);
    }

    @Test
    void aReadingSaysThatItIsAClimatologyAndHowSureItIs() {
        Reading reading = climatology.read(VIENNA, NOON.plusSeconds(123), NOON.plusSeconds(123));

        assertThat(reading.source().kind()).isEqualTo(Kind.KIND_CLIMATOLOGY);
        assertThat(reading.temperature().quality()).isEqualTo(Quality.QUALITY_GOOD);
        assertThat(reading.temperature().uncertainty()).hasValue(3.5);
        assertThat(reading.humidity().quality()).isEqualTo(Quality.QUALITY_UNVERIFIED);
        assertThat(reading.humidity().uncertainty()).hasValue(17);
        assertThat(reading.observeTime()).isEqualTo(NOON);
        assertThat(reading.expireTime()).isEqualTo(NOON.plus(Duration.ofMinutes(10)));
    }

    @Test
    void humidityThatRestsOnUncheckedFiguresSaysSoAndIsLessSure() {
        Reading moscow = climatology.read(new GeoPoint(55.83, 37.62, OptionalDouble.of(156)), NOON, NOON);

        assertThat(moscow.temperature().quality()).isEqualTo(Quality.QUALITY_GOOD);
        assertThat(moscow.humidity().quality()).isEqualTo(Quality.QUALITY_UNVERIFIED);
        assertThat(moscow.humidity().uncertainty()).hasValue(17);
    }

    @Test
    void humidityFromAPoorSourceIsNotToldAsGood() {
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
    void farFromEveryPlaceHumidityRestsOnTheOceans() {
        UsualYear pacific = climatology.year(new GeoPoint(-47, -125, OptionalDouble.of(0)));

        assertThat(pacific.verifiedShare()).isGreaterThan(0.6);
    }

    @Test
    void betweenPlacesAValueIsEstimatedAndLessSureFartherAway() {
        Reading graz = climatology.read(new GeoPoint(47.07, 15.44, OptionalDouble.of(353)), NOON, NOON);
        Reading pacific = climatology.read(new GeoPoint(-40, -120, OptionalDouble.of(0)), NOON, NOON);

        assertThat(graz.temperature().quality()).isEqualTo(Quality.QUALITY_ESTIMATED);
        assertThat(pacific.temperature().uncertainty().orElseThrow())
                .isGreaterThan(graz.temperature().uncertainty().orElseThrow());
    }

    @Test
    void theValuesAreOnEarthEverywhereAndAlways() {
        for (double latitude = -90; latitude <= 90; latitude += 7.5) {
            for (double longitude = -180; longitude <= 180; longitude += 30) {
                for (int hour = 0; hour < 365 * 24; hour += 37 * 24 + 5) {
                    Instant instant = Instant.parse("2028-01-01T00:00:00Z").plus(Duration.ofHours(hour));
                    Reading reading = climatology.read(
                            new GeoPoint(latitude, longitude, OptionalDouble.empty()), instant, instant);
                    assertThat(reading.temperature().value()).isBetween(-70.0, 50.0);
                    assertThat(reading.humidity().value()).isBetween(5.0, 100.0);
                }
            }
        }
    }

    @Test
    void newYearIsNoStep() {
        Instant midnight = Instant.parse("2027-01-01T00:00:00Z");

        double before = climatology
                .read(VIENNA, midnight.minusSeconds(1), midnight)
                .temperature()
                .value();
        double after =
                climatology.read(VIENNA, midnight, midnight).temperature().value();

        assertThat(after).isCloseTo(before, within(0.2));
    }

    @Test
    void higherGroundIsColder() {
        GeoPoint low = new GeoPoint(47, 11, OptionalDouble.of(500));
        GeoPoint high = new GeoPoint(47, 11, OptionalDouble.of(3_000));

        double difference = climatology.year(low).temperature().mean(0)
                - climatology.year(high).temperature().mean(0);

        assertThat(difference).isCloseTo(16.25, within(0.01));
    }

    @Test
    void saturationMeetsThePublishedTable() {
        assertThat(Saturation.hectopascals(0)).isCloseTo(6.11, within(0.01));
        assertThat(Saturation.hectopascals(20)).isCloseTo(23.4, within(0.1));
        assertThat(Saturation.hectopascals(40)).isCloseTo(73.8, within(0.4));
    }

    @Test
    void theDayIsLongestAtMidsummerAndNeverImpossible() {
        assertThat(DayCurve.dayLengthHours(48, 172)).isCloseTo(16, within(0.3));
        assertThat(DayCurve.dayLengthHours(0, 20)).isCloseTo(12, within(0.01));
        assertThat(DayCurve.dayLengthHours(90, 172)).isEqualTo(24);
        assertThat(DayCurve.dayLengthHours(-90, 172)).isZero();
    }
}
