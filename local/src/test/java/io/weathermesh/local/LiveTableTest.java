package io.weathermesh.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.weathermesh.local.fleet.TaskHealth;
import io.weathermesh.local.fleet.TaskStatus;
import io.weathermesh.local.fleet.TaskView;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveTableTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(screen, true, StandardCharsets.UTF_8);
    private final LiveTable table = new LiveTable(
            out, (subject, event) -> out.println(subject + " " + event), Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void anEventIsPrintedAboveTheTable() {
        table.show(List.of(task(1)));
        table.log("humidity-provider-1", "is healthy");
        assertThat(text())
                .isEqualTo("\033[?7l\n" + TaskTable.head() + "\n" + row(1) + "\n\033[?7h"
                        + "\033[3A\033[J" + "humidity-provider-1 is healthy\n"
                        + "\033[?7l\n" + TaskTable.head() + "\n" + row(1) + "\n\033[?7h");
    }

    @Test
    void anUnchangedTableIsNotRedrawn() {
        table.show(List.of(task(1)));
        int drawn = screen.size();
        table.show(List.of(task(1)));
        assertThat(screen.size()).isEqualTo(drawn);
    }

    @Test
    void aLargeFleetIsCountedAndItsUnhealthyTasksComeFirst() {
        List<TaskView> tasks = new ArrayList<>(
                IntStream.rangeClosed(1, 39).mapToObj(LiveTableTest::task).toList());
        tasks.add(task(40, TaskHealth.UNHEALTHY));
        table.show(tasks);
        assertThat(text().lines())
                .hasSize(LiveTable.MAX_ROWS + 4)
                .anyMatch(line -> line.startsWith("humidity-provider-40 "))
                .anyMatch(line -> line.equals("healthy: humidity-provider 39/40; all tasks: ./weather ps"));
    }

    @Test
    void aClosedTableIsErasedAndStaysSo() {
        table.show(List.of(task(1)));
        table.close();
        assertThat(text()).endsWith("\033[3A\033[J");
        table.show(List.of(task(1), task(2)));
        assertThat(text()).endsWith("\033[3A\033[J");
    }

    private String text() {
        return screen.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private static String row(int number) {
        return TaskTable.line(
                "humidity-provider-" + number,
                "127.0.2." + number,
                "RUNNING",
                "HEALTHY",
                null,
                50051,
                7,
                Duration.ofSeconds(9));
    }

    private static TaskView task(int number) {
        return task(number, TaskHealth.HEALTHY);
    }

    private static TaskView task(int number, TaskHealth health) {
        return new TaskView(
                "humidity-provider",
                "humidity-provider-" + number,
                "127.0.2." + number,
                50051,
                9090,
                7,
                TaskStatus.RUNNING,
                health,
                NOW.minusSeconds(9),
                1,
                null,
                null);
    }
}
