package io.weathermesh.aggregator.weather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weathermesh.proto.weather.v1.Derived;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** References are published values of the formulas' makers. */
class DerivedValuesTest {
    @ParameterizedTest
    @CsvSource({"40,50,27.6", "20,50,9.26", "30,70,23.93", "25,60,16.70", "-10,80,-12.80", "15,100,15"})
    void dewPointAgreesWithVaisala(double celsius, double percent, double expected) {
        assertThat(DerivedValues.dewPoint(celsius, percent)).hasValueCloseTo(expected, within(0.05));
    }

    @ParameterizedTest
    @CsvSource({"80,40,80", "88,100,121", "92,70,112", "110,40,136", "86,88,104", "96,65,121", "86,45,87", "111,27,121"
    })
    void heatIndexAgreesWithTheNationalWeatherService(double fahrenheit, double percent, double expected) {
        double celsius = (fahrenheit - 32) * 5 / 9;
        // The table is in whole degrees; 80 F is 26.67 C, a hair above the limit in floating point.
        assertThat(DerivedValues.heatIndex(celsius + 1e-9, percent))
                .hasValueCloseTo((expected - 32) * 5 / 9, within(0.6 * 5 / 9));
    }

    @ParameterizedTest
    @CsvSource({"30,15,34.0", "30,25,42.3", "25,20,32.6", "35,25,47.3"})
    void humidexAgreesWithEnvironmentCanada(double celsius, double dewPoint, double expected) {
        double percent = 100 * magnus(dewPoint) / magnus(celsius);
        assertThat(DerivedValues.humidex(celsius, percent)).hasValueCloseTo(expected, within(0.1));
    }

    @ParameterizedTest
    @CsvSource({"20,50,13.7", "30,70,25.6", "10,90,8.92", "35,20,19.3"})
    void wetBulbAgreesWithStull(double celsius, double percent, double expected) {
        assertThat(DerivedValues.wetBulb(celsius, percent)).hasValueCloseTo(expected, within(0.05));
    }

    @ParameterizedTest
    @CsvSource({"20,80,13.82", "30,70,21.20", "0,100,4.85", "25,50,11.49"})
    void absoluteHumidityAgreesWithVaisala(double celsius, double percent, double expected) {
        assertThat(DerivedValues.absoluteHumidity(celsius, percent)).hasValueCloseTo(expected, within(0.03));
    }

    @ParameterizedTest
    @CsvSource({"15,0,1.705", "18,0,2.064", "24.5,0,3.075", "25,0,3.168", "30,0,4.243", "25,50,1.584"})
    void vaporPressureDeficitAgreesWithFao56(double celsius, double percent, double expected) {
        assertThat(DerivedValues.vaporPressureDeficit(celsius, percent)).hasValueCloseTo(expected, within(0.001));
    }

    @Test
    void aDerivedValueIsAbsentOutsideItsRange() {
        Derived arctic = DerivedValues.of(-45, 70, OptionalDouble.empty());
        assertThat(arctic).isEqualTo(Derived.getDefaultInstance());

        Derived winter = DerivedValues.of(5, 80, OptionalDouble.of(171));
        assertThat(winter.hasHeatIndexCelsius()).isFalse();
        assertThat(winter.hasHumidex()).isFalse();
        assertThat(winter.hasDewPointCelsius()).isTrue();
        assertThat(winter.hasWetBulbCelsius()).isTrue();

        assertThat(DerivedValues.of(5, 80, OptionalDouble.of(2_850)).hasWetBulbCelsius())
                .isFalse();
        assertThat(DerivedValues.wetBulb(-15, 20)).isEmpty();
        assertThat(DerivedValues.humidex(20, 10)).isEmpty();
    }

    @Test
    void anImpossibleHumidityHasNoDerivedValues() {
        assertThat(DerivedValues.of(10, 107, OptionalDouble.empty())).isEqualTo(Derived.getDefaultInstance());
        assertThat(DerivedValues.of(30, -1, OptionalDouble.empty())).isEqualTo(Derived.getDefaultInstance());

        Derived fog = DerivedValues.of(10, 100, OptionalDouble.empty());
        assertThat(fog.getDewPointCelsius()).isEqualTo(10);
        assertThat(fog.getVaporPressureDeficitKilopascals()).isZero();
    }

    /** -0.04 rounds to -0.0, which equals 0.0 but prints its sign. */
    @Test
    void zeroHasNoSign() {
        Derived freezing = DerivedValues.of(-0.04, 100, OptionalDouble.empty());
        assertThat(Double.toString(freezing.getDewPointCelsius())).isEqualTo("0.0");
        Derived saturated = DerivedValues.of(10, 100, OptionalDouble.empty());
        assertThat(Double.toString(saturated.getVaporPressureDeficitKilopascals()))
                .isEqualTo("0.0");
    }

    private static double magnus(double celsius) {
        return Math.exp(17.625 * celsius / (243.04 + celsius));
    }
}
