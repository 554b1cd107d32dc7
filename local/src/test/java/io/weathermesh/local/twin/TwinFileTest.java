package io.weathermesh.local.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TwinFileTest {
    /** A guard: what is waited for comes in moments. */
    private static final Duration SOON = Duration.ofMinutes(1);

    private final ProcessHandle self = ProcessHandle.current();

    @TempDir
    private Path home;

    @Test
    void aTwinThatListensIsFoundByItsFileAlone() throws IOException {
        assertThat(TwinFile.ofRunning(home)).isEmpty();
        try (ServerSocket control = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            TwinFile file = new TwinFile(self.pid(), TwinFile.startOf(self), control.getLocalPort(), "secret", 8080);
            file.write(home);
            assertThat(TwinFile.ofRunning(home)).contains(file);
            TwinFile.delete(home);
            assertThat(TwinFile.ofRunning(home)).isEmpty();
        }
    }

    @Test
    void anotherProcessWithTheSamePidIsNotTheTwin() throws IOException {
        try (ServerSocket control = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            new TwinFile(self.pid(), "2001-01-01T00:00:00Z", control.getLocalPort(), "secret", 8080).write(home);
            assertThat(TwinFile.ofRunning(home)).isEmpty();
        }
    }

    @Test
    void aTwinThatDoesNotListenIsNotRunning() throws IOException {
        int port;
        try (ServerSocket control = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = control.getLocalPort();
        }
        new TwinFile(self.pid(), TwinFile.startOf(self), port, "secret", 8080).write(home);
        assertThat(TwinFile.ofRunning(home)).isEmpty();
    }

    @Test
    void aFrozenTwinIsAwaitedForTheTimeoutOnly() throws IOException {
        try (ServerSocket control = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            new TwinFile(self.pid(), TwinFile.startOf(self), control.getLocalPort(), "secret", 8080).write(home);
            assertTimeoutPreemptively(SOON, () -> assertThatThrownBy(
                            () -> ControlClient.send(home, "down", List.of(), Duration.ofMillis(100)))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("the twin has not responded within 0 s")
                    .hasMessageContaining("'./weather down'"));
        }
    }

    @Test
    void onlyItsOwnerMayReadTheToken() throws IOException {
        new TwinFile(self.pid(), TwinFile.startOf(self), 1, "secret", 8080).write(home);
        Path file = TwinSettings.folder(home).resolve("twin.properties");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void theEndOfTheTwinClosesItsSocket() throws IOException {
        ServerSocket control = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        TwinFile file = new TwinFile(self.pid(), TwinFile.startOf(self), control.getLocalPort(), "secret", 8080);
        assertThat(file.awaitEnd(Duration.ofMillis(100), () -> {})).isFalse();
        assertThat(file.awaitEnd(SOON, () -> closeNextOf(control))).isTrue();
    }

    private static void closeNextOf(ServerSocket control) {
        try (control) {
            // The first is of the wait that was in vain.
            control.accept().close();
            control.accept().close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
