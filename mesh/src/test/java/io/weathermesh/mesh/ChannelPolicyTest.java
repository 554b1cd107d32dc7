package io.weathermesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.LoadBalancerRegistry;
import io.grpc.NameResolver.ConfigOrError;
import io.grpc.Status;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChannelPolicyTest {
    private final Map<String, ?> policy = ChannelPolicy.of(Echo.DESCRIPTOR);

    @Test
    void aMethodWithoutSideEffectsIsHedgedAnotherIsRetriedAndAStreamIsNeither() {
        assertThat(methodPolicy("Lookup")).containsKey("hedgingPolicy").doesNotContainKey("retryPolicy");
        assertThat(methodPolicy("Change")).containsKey("retryPolicy").doesNotContainKey("hedgingPolicy");
        assertThat(methods()).noneMatch(method -> method.toString().contains("Watch"));
    }

    @Test
    void healthIsCheckedByTheFullNameOfTheService() {
        assertThat(policy.get("healthCheckConfig")).isEqualTo(Map.of("serviceName", Echo.SERVICE));
    }

    /** gRPC ignores a key that it does not know, so a typing error would only show as an ejection that never comes. */
    @Test
    void everyNumberOfOutlierDetectionReachesGrpc() throws Exception {
        Map<String, ?> config = outlierDetection();
        ConfigOrError parsed = LoadBalancerRegistry.getDefaultRegistry()
                .getProvider(ChannelPolicy.FAIR_OUTLIER_DETECTION)
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

    /** As {@code ManagedChannelImpl} reads it; there is no public way. */
    @Test
    void everyNumberOfHedgesRetriesAndTokensReachesGrpc() throws Exception {
        Method parser = Class.forName("io.grpc.internal.ManagedChannelServiceConfig")
                .getDeclaredMethod("fromServiceConfig", Map.class, boolean.class, int.class, int.class, Object.class);
        parser.setAccessible(true);
        Object parsed = parser.invoke(null, policy, true, 5, 5, null);
        Map<?, ?> byMethod = (Map<?, ?>) field(parsed, "serviceMethodMap");

        Object hedging = field(byMethod.get(Echo.LOOKUP.getFullMethodName()), "hedgingPolicy");
        assertThat(field(hedging, "maxAttempts")).isEqualTo(2);
        assertThat(field(hedging, "hedgingDelayNanos")).isEqualTo(ChannelPolicy.HEDGING_DELAY.toNanos());
        assertThat(field(hedging, "nonFatalStatusCodes"))
                .isEqualTo(Set.of(Status.Code.UNAVAILABLE, Status.Code.INTERNAL, Status.Code.UNKNOWN));
        Object retry = field(byMethod.get(Echo.CHANGE.getFullMethodName()), "retryPolicy");
        assertThat(field(retry, "maxAttempts")).isEqualTo(3);
        assertThat(field(retry, "initialBackoffNanos")).isEqualTo(10_000_000L);
        assertThat(field(retry, "maxBackoffNanos")).isEqualTo(100_000_000L);
        assertThat(field(retry, "retryableStatusCodes")).isEqualTo(Set.of(Status.Code.UNAVAILABLE));
        Object tokens = field(parsed, "retryThrottling");
        assertThat(field(tokens, "maxTokens")).isEqualTo(200_000); // Thousandths.
        assertThat(field(tokens, "tokenRatio")).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({"50, 0.05s", "200, 0.2s", "1500, 1.5s", "1, 0.001s"})
    void aDurationIsFormattedInSecondsAsGrpcReadsIt(long millis, String seconds) {
        assertThat(ChannelPolicy.seconds(Duration.ofMillis(millis))).isEqualTo(seconds);
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
        return policies.get(0).get(ChannelPolicy.FAIR_OUTLIER_DETECTION);
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
