package io.weathermesh.sources.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SourceSettingsTest {
    private static SourceSettings settings(String order, String... more) {
        Map<String, String> all = new HashMap<>(Map.of("WEATHER_SOURCES", order));
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return SourceSettings.from(all::getOrDefault);
    }

    @Test
    void everySourceHasItsOwnLimitsSharedByFourTasks() {
        SourceSettings settings =
                settings("open-meteo,met-norway,awc-metar,climatology", "WEATHER_CONTACT", "ops@example.org");

        assertThat(settings.live())
                .extracting(each -> each.type().id())
                .containsExactly("open-meteo", "met-norway", "awc-metar");
        assertThat(settings.live().get(0).limits())
                .containsExactly(
                        new RateLimit(150, Duration.ofMinutes(1)),
                        new RateLimit(1_250, Duration.ofHours(1)),
                        new RateLimit(2_500, Duration.ofDays(1)));
        assertThat(settings.live().get(1).limits()).containsExactly(new RateLimit(5, Duration.ofSeconds(1)));
        assertThat(settings.live().get(2).limits()).containsExactly(new RateLimit(25, Duration.ofMinutes(1)));
    }

    @Test
    void settingsChangeTheShareAndCapTheCallsOfATask() {
        SourceSettings settings = settings(
                "awc-metar",
                "WEATHER_TASKS_PER_ADDRESS",
                "10",
                "WEATHER_CALLS_PER_MINUTE",
                "7",
                "WEATHER_CALLS_PER_DAY",
                "500");

        assertThat(settings.live().get(0).limits())
                .containsExactly(
                        new RateLimit(10, Duration.ofMinutes(1)),
                        new RateLimit(7, Duration.ofMinutes(1)),
                        new RateLimit(500, Duration.ofDays(1)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            WEATHER_SOURCES           | open-meteo,tea-leaves
            WEATHER_SOURCES           | climatology,open-meteo
            WEATHER_SOURCES           | open-meteo,open-meteo
            WEATHER_CONTACT           | two words
            WEATHER_CALLS_PER_DAY     | many
            WEATHER_CALLS_PER_MINUTE  | 0
            WEATHER_TASKS_PER_ADDRESS | -1
            WEATHER_OPEN_METEO_URL    | file:///etc/passwd
            WEATHER_OPEN_METEO_URL    | http://a..b
            WEATHER_OPEN_METEO_URL    | https://example.org:99999
            """)
    void anInvalidSettingIsRefusedWithItsNameAndValue(String name, String value) {
        assertThatThrownBy(() -> settings("open-meteo", name, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name + " is '" + value + "', but must be ");
    }

    @Test
    void metNorwayRequiresAContact() {
        assertThatThrownBy(() -> settings("met-norway")).hasMessageContaining("WEATHER_CONTACT is ''");
    }
}
