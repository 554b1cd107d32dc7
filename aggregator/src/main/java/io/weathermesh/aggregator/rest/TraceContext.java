package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpHeaders;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The trace and the span of a request (W3C Trace Context). Immutable.
 *
 * @param traceId of the whole trace; 32 hexadecimal digits
 * @param spanId of the gateway's part; 16 hexadecimal digits
 * @param flags as received; 2 hexadecimal digits
 * @param state the vendors' own data, empty if there is none
 * @param loadBalancerId the root of {@code X-Amzn-Trace-Id}, empty if there is none
 */
record TraceContext(String traceId, String spanId, String flags, String state, String loadBalancerId) {
    /** The names of the two headers. */
    static final String PARENT = "traceparent";

    static final String STATE = "tracestate";

    /** The length that the specification requires to pass on. */
    private static final int MAX_STATE = 512;

    private static final Pattern STATE_FORM = Pattern.compile("[\\x20-\\x7e]{1," + MAX_STATE + "}");

    /** A version above 00 may have more behind its flags. */
    private static final Pattern PARENT_FORM = Pattern.compile("(?:00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})|"
            + "(?!00|ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?)");

    /** Its root has the digits of a trace id: {@code Root=1-67891233-abcdef012345678912345678;Sampled=1}. */
    private static final String LOAD_BALANCER = "x-amzn-trace-id";

    private static final Pattern ROOT =
            Pattern.compile("(?:.*;)?\\s*Root=(1-([0-9a-f]{8})-([0-9a-f]{24}))(?:\\s*;.*)?");
    private static final Pattern SAMPLED_ROOT = Pattern.compile("(?:.*;)?\\s*Sampled=1(?:\\s*;.*)?");
    private static final String SAMPLED = "01";

    private static final String NO_TRACE = "0".repeat(32);
    private static final String NO_SPAN = "0".repeat(16);
    private static final String NOT_SAMPLED = "00";

    /**
     * Continues the trace of {@code traceparent}, or else that of the load balancer in front; starts a new one if there is
     * none that is well-formed.
     */
    static TraceContext of(HttpHeaders headers, LongSupplier random) {
        Optional<MatchResult> root = root(headers);
        String loadBalancerId = root.map(found -> found.group(1)).orElse("");
        List<String> parents = headers.getAll(PARENT);
        Matcher parent = parents.size() == 1 ? PARENT_FORM.matcher(parents.get(0)) : null;
        if (parent != null && parent.matches()) {
            int group = parent.group(1) != null ? 1 : 4;
            String traceId = parent.group(group);
            if (!traceId.equals(NO_TRACE) && !parent.group(group + 1).equals(NO_SPAN)) {
                String state = String.join(",", headers.getAll(STATE));
                return new TraceContext(
                        traceId,
                        digits(random),
                        parent.group(group + 2),
                        STATE_FORM.matcher(state).matches() ? state : "",
                        loadBalancerId);
            }
        }
        String traceId = root.map(found -> found.group(2) + found.group(3)).orElse(NO_TRACE);
        if (traceId.equals(NO_TRACE)) {
            return new TraceContext(digits(random) + digits(random), digits(random), NOT_SAMPLED, "", loadBalancerId);
        }
        boolean sampled = SAMPLED_ROOT.matcher(headers.get(LOAD_BALANCER, "")).matches();
        return new TraceContext(traceId, digits(random), sampled ? SAMPLED : NOT_SAMPLED, "", loadBalancerId);
    }

    private static Optional<MatchResult> root(HttpHeaders headers) {
        String value = headers.get(LOAD_BALANCER, "");
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Matcher root = ROOT.matcher(value);
        return root.matches() ? Optional.of(root) : Optional.empty();
    }

    /** The {@code traceparent} for the next service. */
    String parent() {
        return "00-" + traceId + "-" + spanId + "-" + flags;
    }

    /** Sixteen hexadecimal digits, not all zero. */
    static String digits(LongSupplier random) {
        long number = random.getAsLong();
        return HexFormat.of().toHexDigits(number == 0 ? 1 : number);
    }
}
