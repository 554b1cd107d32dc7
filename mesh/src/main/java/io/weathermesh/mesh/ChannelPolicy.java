package io.weathermesh.mesh;

import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a channel treats calls, as a gRPC service config. This is the whole policy; {@link MeshChannels} sets transport.
 *
 * <ul>
 *   <li>Round robin over the tasks whose health service reports SERVING for the service that is called. An address that
 *       was reassigned to another service does not know that name and is never picked.
 *   <li>A task that fails most of its calls is ejected for 5 s, then 10 s, at most 15 s: see {@link
 *       FairOutlierDetectionProvider} for what counts as a failure.
 *   <li>A unary method that declares no side effects is hedged: after 200 ms without a response the call goes to a
 *       second task too, and the first good response wins. Any other unary method is retried, but only after
 *       UNAVAILABLE. Streams are neither: their caller opens them again. gRPC allows one of the two for each method.
 *   <li>When the service as a whole fails, hedges and retries stop: see {@link #THROTTLING_TOKENS}.
 * </ul>
 */
final class ChannelPolicy {
    /** The load balancing policy of {@link FairOutlierDetectionProvider}. */
    static final String FAIR_OUTLIER_DETECTION = "mesh_fair_outlier_detection";

    /** When the call goes to a second task: above the 99th percentile of a healthy task, far below any deadline. */
    static final Duration HEDGING_DELAY = Duration.ofMillis(200);

    /** The first attempt and one hedge. It bounds the load that a hung task adds at 2 x: hung calls take no tokens. */
    private static final double HEDGING_ATTEMPTS = 2;

    /**
     * INTERNAL too: otherwise a task that fails fast with it costs its whole share (measured: 33 % of three tasks).
     * UNKNOWN too: a call that is written while its task is killed ends with it ("channel closed").
     */
    private static final List<String> HEDGE_AFTER = List.of("UNAVAILABLE", "INTERNAL", "UNKNOWN");

    private static final double RETRY_ATTEMPTS = 3;

    /**
     * Each failed attempt takes a token; with half of them gone there are no hedges and retries. When everything is down
     * they therefore add a hundred attempts, and then none. A killed task costs 4 to 37 calls (measured), and a client
     * whose machine stalled for half a second sends 250 calls at once: a third of them to a task that fails fast is 83
     * failures before the first success. With a hundred tokens some of these calls failed (measured).
     */
    private static final double THROTTLING_TOKENS = 200;

    /**
     * Each success returns half a token, so that one sick task of two or three never uses them up: at gRPC's usual
     * tenth, one of three that fails fast empties the bucket in half a second at 500 calls a second, before the second
     * sweep of outlier detection (measured: 19 failed calls of 300, now none).
     */
    private static final double TOKENS_PER_SUCCESS = 0.5;

    private ChannelPolicy() {}

    /** The policy for calls of these services; the health of the first decides which tasks are picked. */
    static Map<String, ?> of(ServiceDescriptor service, ServiceDescriptor... more) {
        List<Map<String, ?>> methods = Stream.concat(Stream.of(service), Stream.of(more))
                .flatMap(called -> called.getMethods().stream())
                .filter(method -> method.getType() == MethodDescriptor.MethodType.UNARY)
                .<Map<String, ?>>map(ChannelPolicy::unaryMethod)
                .toList();
        return Map.of(
                "loadBalancingConfig",
                List.of(Map.of(FAIR_OUTLIER_DETECTION, outlierDetection())),
                "healthCheckConfig",
                Map.of("serviceName", service.getName()),
                "retryThrottling",
                Map.of("maxTokens", THROTTLING_TOKENS, "tokenRatio", TOKENS_PER_SUCCESS),
                "methodConfig",
                methods);
    }

    /**
     * Tuned for fleets of two to ten: gRPC's defaults sweep every 10 s, need five tasks with a hundred calls each, and
     * help nothing here (measured). Once half of the tasks are ejected no other one is: so at most two of three, three of
     * five, and never the last one. A fleet with two sick tasks of three goes on with the third.
     */
    private static Map<String, ?> outlierDetection() {
        return Map.of(
                "interval",
                "1s",
                "baseEjectionTime",
                "5s",
                "maxEjectionTime",
                "15s",
                "maxEjectionPercentage", // The name that grpc-java reads; with that of gRFC A50 it silently stays at
                // 10.
                50.0,
                "failurePercentageEjection",
                Map.of("threshold", 50.0, "enforcementPercentage", 100.0, "minimumHosts", 2.0, "requestVolume", 5.0),
                "childPolicy",
                List.of(Map.of("round_robin", Map.of())));
    }

    private static Map<String, ?> unaryMethod(MethodDescriptor<?, ?> method) {
        String service = String.valueOf(method.getServiceName());
        String bareName = String.valueOf(method.getBareMethodName());
        List<Map<String, ?>> name = List.of(Map.of("service", service, "method", bareName));
        return method.isSafe()
                ? Map.of("name", name, "hedgingPolicy", hedging())
                : Map.of("name", name, "retryPolicy", retry());
    }

    private static Map<String, ?> hedging() {
        return Map.of(
                "maxAttempts", HEDGING_ATTEMPTS,
                "hedgingDelay", seconds(HEDGING_DELAY),
                "nonFatalStatusCodes", HEDGE_AFTER);
    }

    /** The JSON form of a protobuf Duration. */
    static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + "s";
    }

    private static Map<String, ?> retry() {
        return Map.of(
                "maxAttempts",
                RETRY_ATTEMPTS,
                "initialBackoff",
                "0.01s",
                "maxBackoff",
                "0.1s",
                "backoffMultiplier",
                2.0,
                "retryableStatusCodes",
                List.of("UNAVAILABLE"));
    }
}
