package io.weathermesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.LoadBalancerRegistry;
import io.grpc.NameResolver.ConfigOrError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ChannelPolicyTest {
    private final Map<String, ?> policy = ChannelPolicy.of(Echo.DESCRIPTOR);

    @Test
    void aMethodWithoutSideEffectsIsHedgedAnotherIsRetriedAndAStreamIsNeither() {
        assertThat(methodPolicy("Lookup")).containsKey("hedgingPolicy").doesNotContainKey("retryPolicy");
        assertThat(methodPolicy("Change")).containsKey("retryPolicy").doesNotContainKey("hedgingPolicy");
        assertThat(methods()).noneMatch(method -> method.toString().contains("Watch"));
    }

    @Test
    void healthIsAskedByTheFullNameOfTheService() {
        assertThat(policy.get("healthCheckConfig")).isEqualTo(Map.of("serviceName", Echo.SERVICE));
    }

    /** gRPC ignores a key that it does not know, so a typing error would only show as an ejection that never comes. */
    @Test
    void everyNumberOfOutlierDetectionReachesGrpc() throws Exception {
        Map<String, ?> config = outlierDetection();
        ConfigOrError parsed = LoadBalancerRegistry.getDefaultRegistry()
                .getProvider(FairOutlierDetectionProvider.POLICY)
                .parseLoadBalancingPolicyConfig(config);

        assertThat(parsed.getError()).isNull();
        assertThat(field(parsed.getConfig(), "intervalNanos")).isEqualTo(1_000_000_000L);
        assertThat(field(parsed.getConfig(), "baseEjectionTimeNanos")).isEqualTo(5_000_000_000L);
        assertThat(field(parsed.getConfig(), "maxEjectionTimeNanos")).isEqualTo(15_000_000_000L);
        assertThat(field(parsed.getConfig(), "maxEjectionPercent")).isEqualTo(50);
        Object byFailures = field(parsed.getConfig(), "failurePercentageEjection");
        assertThat(field(byFailures, "threshold")).isEqualTo(50);
        assertThat(field(byFailures, "enforcementPercentage")).isEqualTo(100);
        assertThat(field(byFailures, "minimumHosts")).isEqualTo(2);
        assertThat(field(byFailures, "requestVolume")).isEqualTo(5);
    }

    private static Object field(Object config, String name) throws ReflectiveOperationException {
        var field = config.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(config);
    }

    @SuppressWarnings("unchecked")
    private Map<String, ?> outlierDetection() {
        List<Map<String, Map<String, ?>>> policies =
                (List<Map<String, Map<String, ?>>>) policy.get("loadBalancingConfig");
        return policies.get(0).get(FairOutlierDetectionProvider.POLICY);
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, ?>> methods() {
        return (List<Map<String, ?>>) policy.get("methodConfig");
    }

    private Map<String, ?> methodPolicy(String method) {
        List<?> name = List.of(Map.of("service", Echo.SERVICE, "method", method));
        return methods().stream()
                .filter(config -> config.get("name").equals(name))
                .findFirst()
                .orElseThrow();
    }
}
