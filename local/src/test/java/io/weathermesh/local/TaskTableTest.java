package io.weathermesh.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.weathermesh.local.fleet.TaskHealth;
import io.weathermesh.local.fleet.TaskStatus;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

class TaskTableTest {
    private static final int COLUMNS = 80;
    private static final int NARROW_COLUMNS = 60;

    @Test
    void theLongestLineHasEightyColumns() {
        assertThat(line(longest(TaskStatus.values()), longest(TaskHealth.values()), null, Duration.ofMinutes(59)))
                .hasSizeLessThanOrEqualTo(COLUMNS)
                .endsWith(" 59 min");
        assertThat(TaskTable.head()).hasSizeLessThanOrEqualTo(COLUMNS);
    }

    @Test
    void theFirstSixtyColumnsHaveTheHealth() {
        String line = line("DEACTIVATING", "UNHEALTHY", null, Duration.ZERO);
        assertThat(line.substring(0, NARROW_COLUMNS))
                .contains("temperature-provider-120", "127.0.3.250", "DEACTIVATING", "UNHEALTHY");
    }

    @Test
    void aFaultReplacesTheHealth() {
        assertThat(line("RUNNING", "HEALTHY", "frozen", Duration.ZERO))
                .contains("frozen")
                .doesNotContain("HEALTHY");
        assertThat(line("RUNNING", "HEALTHY", "slow by up to 50 ms", Duration.ZERO))
                .contains(" slow ");
    }

    @Test
    void longTimesAreHours() {
        assertThat(line("RUNNING", "HEALTHY", null, Duration.ofHours(30))).endsWith(" 30 h");
    }

    private static String longest(Enum<?>[] values) {
        return Arrays.stream(values)
                .map(Enum::name)
                .max(Comparator.comparing(String::length))
                .orElseThrow();
    }

    private static String line(String status, String health, String fault, Duration up) {
        return TaskTable.line("temperature-provider-120", "127.0.3.250", status, health, fault, 50051, 4_194_304, up);
    }
}
