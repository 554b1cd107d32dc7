package io.weathermesh.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With a real idle process, whose state the operating system reports. */
final class ThrottleTest {
    /** Of a pause: longer than the test. */
    private static final Duration LONG = Duration.ofMinutes(5);

    /** A guard: what is waited for comes in moments. */
    private static final Duration SOON = Duration.ofMinutes(1);

    private final ScheduledExecutorService throttles = Executors.newSingleThreadScheduledExecutor();
    private Process process;
    private JvmProcess task;

    @AfterEach
    void stop() {
        process.destroyForcibly();
        throttles.shutdownNow();
    }

    @Test
    void aSlowTaskThatIsKilledLeavesNoProcess() throws IOException {
        start();
        task.slow(LONG);
        assertThat(helpers()).isNotEmpty();
        task.kill();
        task.exit().join();
        await().until(() -> helpers().toList().isEmpty());
    }

    @Test
    void aSlowTaskThatIsFrozenStaysFrozen() throws IOException {
        start();
        task.slow(Duration.ofMillis(20));
        task.freeze();
        assertThat(helpers()).isEmpty();
        // A suspended process does not handle SIGTERM.
        task.terminate();
        assertThat(task.exit()).failsWithin(Duration.ofMillis(300));
        task.thaw();
        assertThat(task.exit()).succeedsWithin(SOON);
    }

    @Test
    void aThawedTaskRuns() throws IOException {
        start();
        task.slow(LONG);
        task.thaw();
        assertThat(helpers()).isEmpty();
        task.terminate();
        assertThat(task.exit()).succeedsWithin(SOON);
    }

    @Test
    void aSlowTaskIsThawedWithEveryThreadOfTheCommonPoolTaken() throws Exception {
        start();
        task.slow(LONG);
        try (BusyPool pool = new BusyPool()) {
            assertTimeoutPreemptively(SOON, task::thaw);
        }
        assertThat(helpers()).isEmpty();
    }

    private void start() throws IOException {
        process = new ProcessBuilder("sleep", "600").start();
        task = new JvmProcess(process, throttles);
    }

    /** What runs beside the task for its sake. */
    private Stream<ProcessHandle> helpers() {
        return ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .filter(child -> child.pid() != process.pid());
    }
}
