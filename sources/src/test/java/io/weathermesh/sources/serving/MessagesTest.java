package io.weathermesh.sources.serving;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesTest {
    @ParameterizedTest
    @CsvSource({"7.25, 7.2", "7.35, 7.4", "-0.26, -0.3", "0.04, 0.0", "99.96, 100.0"})
    void valuesAreRoundedToTenths(double value, double rounded) {
        assertThat(Messages.tenth(value)).isEqualTo(rounded);
    }

    /** JSON would show it as -0.0. */
    @ParameterizedTest
    @CsvSource({"-0.04", "-0.0"})
    void aRoundedZeroIsPositive(double value) {
        assertThat(Double.doubleToRawLongBits(Messages.tenth(value))).isZero();
    }
}
