package io.weathermesh.mesh;

import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a channel behaves, as a gRPC service config. This is the whole policy; everything else of a channel is transport.
 */
final class ChannelPolicy {
    private ChannelPolicy() {}

    static Map<String, ?> of(ServiceDescriptor service, ServiceDescriptor... more) {
        List<Map<String, ?>> methods = new ArrayList<>();
        Stream.concat(Stream.of(service), Stream.of(more))
                .flatMap(called -> called.getMethods().stream())
                .filter(method -> method.getType() == MethodDescriptor.MethodType.UNARY)
                .forEach(method -> methods.add(policyOf(method)));
        return Map.of(
                "loadBalancingConfig",
                List.of(Map.of("round_robin", Map.of())),
                "healthCheckConfig",
                Map.of("serviceName", service.getName()),
                "retryThrottling",
                Map.of("maxTokens", 100.0, "tokenRatio", 0.1),
                "methodConfig",
                methods);
    }

    private static Map<String, ?> policyOf(MethodDescriptor<?, ?> method) {
        List<Map<String, ?>> name =
                List.of(Map.of("service", method.getServiceName(), "method", method.getBareMethodName()));
        return method.isSafe()
                ? Map.of("name", name, "hedgingPolicy", hedging())
                : Map.of("name", name, "retryPolicy", retry());
    }

    private static Map<String, ?> hedging() {
        return Map.of(
                "maxAttempts", 2.0, "hedgingDelay", "0.2s", "nonFatalStatusCodes", List.of("UNAVAILABLE", "INTERNAL"));
    }

    private static Map<String, ?> retry() {
        return Map.of(
                "maxAttempts",
                3.0,
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
