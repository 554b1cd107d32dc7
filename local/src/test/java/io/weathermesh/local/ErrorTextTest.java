package io.weathermesh.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorTextTest {
    @TempDir
    private Path folder;

    private Path traces;
    private ErrorText errors;

    @BeforeEach
    void createErrors() {
        traces = folder.resolve("state").resolve("error.log");
        errors = new ErrorText(traces);
    }

    @Test
    void noFailureIsReportedByTheNameOfAClass() {
        for (Exception failure : List.of(
                new AccessDeniedException("/srv"),
                new NoSuchFileException("/srv/a.jar"),
                new DirectoryNotEmptyException("/srv"),
                new SocketTimeoutException("Read timed out"),
                new ConnectException("Connection refused"),
                new IOException(),
                new IOException("the disk is full"),
                new IllegalStateException(),
                new IllegalStateException("the fleet is busy"),
                new NullPointerException(),
                new ClassCastException("a cannot be cast to b"))) {
            assertThat(errors.of(failure))
                    .isNotBlank()
                    .doesNotContain(failure.getClass().getSimpleName())
                    .doesNotContain("null");
        }
    }

    @Test
    void missingPermissionsNameTheFile() {
        assertThat(errors.of(new AccessDeniedException("/srv/.weather")))
                .isEqualTo("permission denied: /srv/.weather: check its owner and its mode");
    }

    @Test
    void aTimeoutSaysWhatToDo() {
        assertThat(errors.of(new SocketTimeoutException("Read timed out")))
                .isEqualTo("no response in time: './weather ps' shows what runs, './weather down' stops it");
    }

    @Test
    void anInternalErrorLeavesItsStackTraceInAFile() throws IOException {
        String text = errors.of(new ArithmeticException("/ by zero"));
        assertThat(text).isEqualTo("internal error (/ by zero): report it with the stack trace in " + traces);
        assertThat(Files.readString(traces)).contains("ArithmeticException", "ErrorTextTest");
    }
}
