package io.weathermesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OneLineFormatterTest {
    private final OneLineFormatter formatter = new OneLineFormatter();

    @Test
    void aRecordIsItsTimeLevelLoggerAndMessage() {
        assertThat(line("3 -> 4 tasks", null))
                .isEqualTo("2026-11-23T10:00:00.123Z WARNING io.weathermesh.test: 3 -> 4 tasks\n");
    }

    @Test
    void quotedTextCannotStartALine() {
        assertThat(line("a\r\nINFO: b\tc\u001b[2J", null)).endsWith(": a\\r\\nINFO: b c\\u001b[2J\n");
    }

    @Test
    void anExceptionAndItsCausesAreInTheSameLine() {
        String line = line("cannot", new UncheckedIOException("outer", new IOException("connection\nreset")));
        assertThat(line)
                .contains("cannot; java.io.UncheckedIOException: outer at io.weathermesh.mesh.OneLineFormatterTest.")
                .contains("; caused by java.io.IOException: connection\\nreset at ")
                .matches("[^\n]*\n");
    }

    @Test
    void aCircularOrLongChainOfCausesEnds() {
        Exception first = new Exception("first");
        first.initCause(new Exception("second", first));
        assertThat(line("round", first)).containsOnlyOnce("first").contains("second");
        Exception deep = new Exception("0");
        for (int i = 1; i < 100; i++) {
            deep = new Exception("" + i, deep);
        }
        assertThat(line("deep", deep)).contains("; more causes").doesNotContain("Exception: 3 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u001b", "\u0085", "気"})
    void aLineIsNeverLongerThanTheLimit(String letter) {
        String line = line(letter.repeat(1_000_000), null);
        assertThat(line).endsWith("…\n");
        assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(16 * 1024);
    }

    private String line(String message, @Nullable Throwable failure) {
        LogRecord line = new LogRecord(Level.WARNING, message);
        line.setInstant(Instant.parse("2026-11-23T10:00:00.123Z"));
        line.setLoggerName("io.weathermesh.test");
        line.setThrown(failure);
        return formatter.format(line);
    }
}
