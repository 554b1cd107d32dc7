package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpHeaders;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a request stands in a distributed trace, as W3C Trace Context writes it. Immutable.
 *
 * @param traceId the whole trace; 32 hexadecimal digits
 * @param spanId the gateway's part of it; 16 hexadecimal digits
 * @param flags as they came; 2 hexadecimal digits
 * @param state what vendors keep beside it, empty where there is none
 */
record Trace(String traceId, String spanId, String flags, String state) {
    /** The names of the two headers. */
    static final String PARENT = "traceparent";

    static final String STATE = "tracestate";

    /** What the specification asks everybody to pass on, at least. */
    private static final int MAX_STATE = 512;

    private static final Pattern STATE_FORM = Pattern.compile("[\\x20-\\x7e]{1," + MAX_STATE + "}");

    /** A version after 00 may have more behind its flags. */
    private static final Pattern PARENT_FORM = Pattern.compile("(?:00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})|"
            + "(?!00|ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?)");

    private static final String NO_TRACE = "0".repeat(32);
    private static final String NO_SPAN = "0".repeat(16);
    private static final String NOT_SAMPLED = "00";

    /** Goes on with the trace that the headers name; where they name none, or not as they should, begins one. */
    static Trace of(HttpHeaders headers, LongSupplier random) {
        List<String> parents = headers.getAll(PARENT);
        Matcher parent = parents.size() == 1 ? PARENT_FORM.matcher(parents.get(0)) : null;
        if (parent != null && parent.matches()) {
            int group = parent.group(1) != null ? 1 : 4;
            String traceId = parent.group(group);
            if (!traceId.equals(NO_TRACE) && !parent.group(group + 1).equals(NO_SPAN)) {
                String state = String.join(",", headers.getAll(STATE));
                return new Trace(
                        traceId,
                        digits(random),
                        parent.group(group + 2),
                        STATE_FORM.matcher(state).matches() ? state : "");
            }
        }
        return new Trace(digits(random) + digits(random), digits(random), NOT_SAMPLED, "");
    }

    /** What says to the next in line where this request stands. */
    String parent() {
        return "00-" + traceId + "-" + spanId + "-" + flags;
    }

    /** Sixteen hexadecimal digits that are not all zero. */
    static String digits(LongSupplier random) {
        long number = random.getAsLong();
        return HexFormat.of().toHexDigits(number == 0 ? 1 : number);
    }
}
