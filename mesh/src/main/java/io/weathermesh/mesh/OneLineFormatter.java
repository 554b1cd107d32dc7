package io.weathermesh.mesh;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Formats each record as one line, with its time in UTC, since collectors of container logs count and show lines. An
 * exception becomes its type, its message and its first frames, and so do its causes, within limits. Line breaks and other
 * control characters are escaped and tabs become blanks, so that quoted text cannot start a line.
 *
 * <p>For {@code java.util.logging}: name it as the formatter of a handler. Safe for use by several threads.
 */
public final class OneLineFormatter extends Formatter {
    /** Enough to show the callers, few enough for lines that log viewers do not cut. */
    private static final int MAX_FRAMES = 12;

    private static final int MAX_CAUSES = 5;

    /** Container engines split longer lines at 16 KiB, and the rest would start a line. */
    private static final int MAX_BYTES = 16_000;

    private static final char ASCII_END = 0x80;

    /** The most bytes that a char outside ASCII takes in UTF-8. */
    private static final int WIDE_BYTES = 3;

    @Override
    public String format(LogRecord line) {
        StringBuilder text = new StringBuilder()
                .append(line.getInstant())
                .append(' ')
                .append(line.getLevel().getName())
                .append(' ')
                .append(line.getLoggerName())
                .append(": ")
                .append(formatMessage(line));
        append(line.getThrown(), text);
        return inOneLine(text) + "\n";
    }

    private static void append(@Nullable Throwable failure, StringBuilder text) {
        // A chain of causes may be circular.
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable next = failure; next != null && seen.add(next); next = next.getCause()) {
            if (seen.size() > MAX_CAUSES) {
                text.append("; more causes");
                return;
            }
            text.append(seen.size() == 1 ? "; " : "; caused by ").append(next);
            StackTraceElement[] frames = next.getStackTrace();
            for (int i = 0; i < Math.min(MAX_FRAMES, frames.length); i++) {
                text.append(" at ").append(frames[i]);
            }
            if (frames.length > MAX_FRAMES) {
                text.append(" and ").append(frames.length - MAX_FRAMES).append(" more");
            }
        }
    }

    private static String inOneLine(CharSequence text) {
        StringBuilder line = new StringBuilder();
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            String escaped = escaped(letter);
            bytes += Math.max(escaped.length(), letter < ASCII_END ? 1 : WIDE_BYTES);
            if (bytes > MAX_BYTES) {
                return line.append('…').toString();
            }
            line.append(escaped);
        }
        return line.toString();
    }

    private static String escaped(char letter) {
        return switch (letter) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> " ";
            default -> Character.isISOControl(letter) ? String.format("\\u%04x", (int) letter) : String.valueOf(letter);
        };
    }
}
