package io.weathermesh.aggregator.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weathermesh.mesh.Environment;
import io.weathermesh.mesh.InvalidSettingException;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RestSettingsTest {
    @Test
    void theDefaultsFitOneLoadBalancer() {
        RestSettings settings = RestSettings.from(new Environment(Map.of()), false);
        assertThat(settings).isEqualTo(RestSettings.defaults(AccessLogFormat.JSON));
        assertThat(settings.requestsPerMinute()).hasValue(1_200);
        assertThat(settings.trustedProxies()).isEqualTo(1);
    }

    @Test
    void aTerminalGetsTheTextFormat() {
        assertThat(RestSettings.from(new Environment(Map.of()), true).accessLog())
                .isEqualTo(AccessLogFormat.TEXT);
    }

    @Test
    void theRateLimitCanBeDisabled() {
        RestSettings settings = RestSettings.from(new Environment(Map.of("WEATHER_RATE_LIMIT", "off")), false);
        assertThat(settings.requestsPerMinute()).isEqualTo(OptionalInt.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "WEATHER_RATE_LIMIT, 0",
        "WEATHER_RATE_LIMIT, many",
        "WEATHER_TRUSTED_PROXIES, -1",
        "WEATHER_TRUSTED_PROXIES, 11",
        "WEATHER_MAX_IN_FLIGHT, 0",
        "WEATHER_ACCESS_LOG, xml"
    })
    void anInvalidSettingIsRefusedByName(String name, String value) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> RestSettings.from(new Environment(Map.of(name, value)), false))
                .withMessageContaining(name);
    }
}
