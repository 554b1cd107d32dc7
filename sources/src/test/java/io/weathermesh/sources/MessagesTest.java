package io.weathermesh.sources;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesTest {
    @ParameterizedTest
    @CsvSource({"7.25, 7.2", "7.35, 7.4", "-0.26, -0.3", "0.04, 0.0", "99.96, 100.0"})
    void valuesAreToldInTenths(double value, double told) {
        assertThat(Messages.tenth(value)).isEqualTo(told);
    }

    /** JSON would write it as -0.0, which nobody has ever measured. */
    @ParameterizedTest
    @CsvSource({"-0.04", "-0.0"})
    void nothingIsMinusZero(double value) {
        assertThat(Double.doubleToRawLongBits(Messages.tenth(value))).isZero();
    }
}
