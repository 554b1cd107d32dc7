package io.weathermesh.mesh;

import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a channel treats calls, as a gRPC service config. This is the whole policy; what is set elsewhere is transport.
 *
 * <ul>
 *   <li>Calls go round the tasks whose health service says SERVING for the service that is called. An address that now
 *       belongs to somebody else does not know that service and is never picked.
 *   <li>A task that fails most of its calls is left out for 5 s, then 10 s, at most 15 s: see {@link
 *       FairOutlierDetectionProvider} for what counts as failing.
 *   <li>A unary method that declares to have no side effects is hedged: a second task is asked when the first has not
 *       answered after 200 ms, and the first good answer wins. Any other unary method is retried, but only when the
 *       task says UNAVAILABLE. Streams are neither: their caller opens them anew. gRPC allows one of the two a method.
 *   <li>When the service as a whole fails, hedges and retries stop by themselves: see {@link #THROTTLING_TOKENS}.
 * </ul>
 */
final class ChannelPolicy {
    /** When the second task is asked: above the 99th percentile of a task in health, far below any deadline. */
    static final Duration HEDGING_DELAY = Duration.ofMillis(200);

    /** One more task than the first. It bounds what a hung task can add to the load at 2 x: hung calls take no tokens. */
    private static final double HEDGING_ATTEMPTS = 2;

    /**
     * INTERNAL too: else a task that fails fast with it costs its whole share (measured: 33 % of three tasks). UNKNOWN
     * too: a call that is written at the moment its task is killed ends so, with "channel closed".
     */
    private static final List<String> HEDGE_AFTER = List.of("UNAVAILABLE", "INTERNAL", "UNKNOWN");

    private static final double RETRY_ATTEMPTS = 3;

    /**
     * Each failed attempt takes a token; below half of them there are no hedges and retries. When everything is down
     * they therefore add a hundred attempts, and then nothing. A killed task costs 4 to 37 calls (measured), and a client
     * whose machine stood still for half a second sends 250 calls at once: a third of them to a task that fails fast is
     * 83 failures before the first success. With a hundred tokens some of these calls failed (measured).
     */
    private static final double THROTTLING_TOKENS = 200;

    /**
     * Each success gives half a token back, so that one sick task of two or three never uses them up: at gRPC's usual
     * tenth, one of three that fails fast empties the bucket in half a second at 500 calls a second, before outlier
     * detection has looked twice (measured: 19 failed calls of 300, now none).
     */
    private static final double TOKENS_PER_SUCCESS = 0.5;

    private ChannelPolicy() {}

    /** The policy for calls of these services; the health of the first decides. */
    static Map<String, ?> of(ServiceDescriptor service, ServiceDescriptor... more) {
        List<Map<String, ?>> methods = Stream.concat(Stream.of(service), Stream.of(more))
                .flatMap(called -> called.getMethods().stream())
                .filter(method -> method.getType() == MethodDescriptor.MethodType.UNARY)
                .<Map<String, ?>>map(ChannelPolicy::unaryMethod)
                .toList();
        return Map.of(
                "loadBalancingConfig",
                List.of(Map.of(FairOutlierDetectionProvider.POLICY, outlierDetection())),
                "healthCheckConfig",
                Map.of("serviceName", service.getName()),
                "retryThrottling",
                Map.of("maxTokens", THROTTLING_TOKENS, "tokenRatio", TOKENS_PER_SUCCESS),
                "methodConfig",
                methods);
    }

    /**
     * Tuned for fleets of two to ten: gRPC's defaults look every 10 s, ask for five tasks and a hundred calls each, and
     * help nothing here (measured). No task is left out any more once half of them are: so two of three at most, three of
     * five, and never the last one. A fleet with two sick of three goes on by the third one.
     */
    private static Map<String, ?> outlierDetection() {
        return Map.of(
                "interval",
                "1s",
                "baseEjectionTime",
                "5s",
                "maxEjectionTime",
                "15s",
                "maxEjectionPercentage", // So grpc-java reads it; by the name in gRFC A50 it silently stays at 10.
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

    /** As the JSON form of a Duration in protobuf. */
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
