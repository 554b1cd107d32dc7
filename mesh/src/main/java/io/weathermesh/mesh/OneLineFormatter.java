package io.weathermesh.mesh;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes each record as one line, with its time in UTC, since what gathers the logs of containers counts and shows lines. Of
 * a failure it tells the type, the message and the nearest frames, and of what caused it the same, within bounds. A line
 * break or another control character is told by its escape, a tab by a blank: nobody who is quoted can begin a line.
 *
 * <p>For {@code java.util.logging}: name it as the formatter of a handler. Safe for use by several threads.
 */
public final class OneLineFormatter extends Formatter {
    /** Enough to see who called, few enough that a line stays below what log viewers cut. */
    private static final int FRAMES = 12;

    private static final int CAUSES = 5;

    /** Container engines hand on lines of up to 16 KiB in one piece; the rest of a longer one would begin a line. */
    private static final int LONGEST_BYTES = 16_000;

    private static final char ASCII_END = 0x80;

    /** What a character other than ASCII takes in UTF-8, at most. */
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
        tell(line.getThrown(), text);
        return inOneLine(text) + "\n";
    }

    private static void tell(@Nullable Throwable failure, StringBuilder text) {
        // A cause may lead back to itself.
        Set<Throwable> told = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable next = failure; next != null && told.add(next); next = next.getCause()) {
            if (told.size() > CAUSES) {
                text.append("; caused by more");
                return;
            }
            text.append(told.size() == 1 ? "; " : "; caused by ").append(next);
            StackTraceElement[] frames = next.getStackTrace();
            for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
                text.append(" at ").append(frames[i]);
            }
            if (frames.length > FRAMES) {
                text.append(" and ").append(frames.length - FRAMES).append(" more");
            }
        }
    }

    private static String inOneLine(CharSequence text) {
        StringBuilder line = new StringBuilder();
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            String told = told(letter);
            bytes += Math.max(told.length(), letter < ASCII_END ? 1 : WIDE_BYTES);
            if (bytes > LONGEST_BYTES) {
                return line.append('…').toString();
            }
            line.append(told);
        }
        return line.toString();
    }

    private static String told(char letter) {
        return switch (letter) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> " ";
            default -> Character.isISOControl(letter) ? String.format("\\u%04x", (int) letter) : String.valueOf(letter);
        };
    }
}
