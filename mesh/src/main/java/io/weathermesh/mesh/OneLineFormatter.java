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
 * break or another control character is told by its escape: nobody who is quoted can begin a line.
 *
 * <p>For {@code java.util.logging}: name it as the formatter of a handler. Safe for use by several threads.
 */
public final class OneLineFormatter extends Formatter {
    /** Enough to see who called, few enough that a line stays below what log viewers cut. */
    private static final int FRAMES = 12;

    private static final int CAUSES = 5;

    /** In characters; container engines hand on lines of up to 16 KiB in one piece. */
    private static final int LONGEST = 8_000;

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
        for (int i = 0; i < Math.min(text.length(), LONGEST); i++) {
            char letter = text.charAt(i);
            switch (letter) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append(' ');
                default -> {
                    if (Character.isISOControl(letter)) {
                        line.append(String.format("\\u%04x", (int) letter));
                    } else {
                        line.append(letter);
                    }
                }
            }
        }
        return text.length() > LONGEST ? line + "…" : line.toString();
    }
}
