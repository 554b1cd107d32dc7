package io.weathermesh.local.balancer;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code X-Amzn-Trace-Id} as an Application Load Balancer writes it: a new root; or, if the client sent a root,
 * a {@code Self} and then the fields that the client sent.
 */
final class TraceId {
    static final String HEADER = "x-amzn-trace-id";

    private static final int RANDOM_BYTES = 12;

    private final SecureRandom random;
    private final Clock clock;

    TraceId(SecureRandom random, Clock clock) {
        this.random = random;
        this.clock = clock;
    }

    /** The value for the target. */
    String forTarget(@Nullable String sent) {
        String own = next();
        if (sent == null || sent.isBlank()) {
            return "Root=" + own;
        }
        List<String> fields = Arrays.stream(sent.split(";", -1))
                .map(String::strip)
                .filter(field -> !field.isEmpty() && !field.startsWith("Self="))
                .toList();
        boolean rooted = fields.stream().anyMatch(field -> field.startsWith("Root="));
        return (rooted ? "Self=" : "Root=") + own + (fields.isEmpty() ? "" : ";" + String.join(";", fields));
    }

    private String next() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return String.format(
                "1-%08x-%s", clock.instant().getEpochSecond(), HexFormat.of().formatHex(bytes));
    }
}
