package io.weathermesh.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** With real processes, which do nothing. */
class OrphanReaperTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final ProcessBuilder NOTHING = new ProcessBuilder("sleep", "600");

    @Test
    void whatIsLeftIsKilledAtTheEnd() throws IOException {
        Process process;
        try (OrphanReaper reaper = OrphanReaper.start()) {
            process = reaper.launch(NOTHING);
            assertThat(process.isAlive()).isTrue();
        }
        assertThat(process.onExit().join().exitValue()).isEqualTo(128 + 9);
    }

    @Test
    void whatCannotBeWatchedDoesNotRun() throws IOException {
        OrphanReaper reaper = OrphanReaper.start();
        reaper.close();
        assertThatThrownBy(() -> reaper.launch(NOTHING)).isInstanceOf(IOException.class);
        await().until(() -> sleepers().findAny().isEmpty());
    }

    @Test
    void itEndsWithEveryThreadOfTheCommonPoolTaken() throws Exception {
        OrphanReaper reaper = OrphanReaper.start();
        reaper.launch(NOTHING);
        try (BusyPool pool = new BusyPool()) {
            assertTimeoutPreemptively(SOON, reaper::close);
        }
        await().until(() -> sleepers().findAny().isEmpty());
    }

    private static Stream<ProcessHandle> sleepers() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("/sleep"));
    }
}
