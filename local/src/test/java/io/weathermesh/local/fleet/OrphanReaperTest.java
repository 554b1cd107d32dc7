package io.weathermesh.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** With real processes, which do nothing. */
class OrphanReaperTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final ProcessBuilder NOTHING = new ProcessBuilder("sleep", "600");

    @Test
    void closeKillsEveryProcessAndWaitsForItsEnd() throws IOException {
        Process process;
        try (OrphanReaper reaper = OrphanReaper.start()) {
            process = reaper.launch(NOTHING);
            assertThat(process.isAlive()).isTrue();
        }
        assertThat(process.isAlive()).isFalse();
        assertThat(process.onExit().join().exitValue()).isEqualTo(128 + 9);
    }

    /** A process of its own, to be killed: starts a child, prints its pid, and waits. */
    static final class Parent {
        public static void main(String[] args) throws IOException {
            System.out.println(OrphanReaper.start().launch(NOTHING).pid());
            while (System.in.read() >= 0) {
                // The end of the input ends the process.
            }
        }
    }

    @Test
    void noProcessOutlivesAParentThatIsKilled() throws IOException {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = parent.inputReader(StandardCharsets.UTF_8)) {
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
            parent.destroyForcibly();
            await().until(() -> !child.isAlive() || child.info().command().isEmpty());
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void aProcessThatTheShellCannotWatchDoesNotRun() throws IOException {
        OrphanReaper reaper = OrphanReaper.start();
        reaper.close();
        assertThatThrownBy(() -> reaper.launch(NOTHING)).isInstanceOf(IOException.class);
        await().until(() -> sleepers().findAny().isEmpty());
    }

    @Test
    void closeWorksWithEveryThreadOfTheCommonPoolTaken() throws Exception {
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
