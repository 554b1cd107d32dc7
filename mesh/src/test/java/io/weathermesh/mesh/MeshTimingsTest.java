package io.weathermesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Breaks one inequality at a time: the defaults with one variable changed. */
final class MeshTimingsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NEGATIVE_TTL         | 0s     | at least 1ms (the shortest time that can be set)
            NEGATIVE_TTL         | 11s    | at most 10s (MESH_DNS_TTL)
            LAME_DUCK            | 17s    | at least 18s (MESH_DNS_TTL + poll jitter + query time + MESH_PROPAGATION_SLACK)
            NOT_SERVING          | 0s     | at least 1ms (the shortest time that can be set)
            DRAIN                | 1s     | at least 1400ms (MESH_REQUEST_DEADLINE)
            STOP_TIMEOUT         | 40s    | at least 41s (MESH_LAME_DUCK + MESH_NOT_SERVING + MESH_DRAIN + exit margin)
            STOP_TIMEOUT         | 121s   | at most 120s (the longest that Fargate waits)
            CALL_DEADLINE        | 0s     | at least 1ms (the shortest time that can be set)
            REQUEST_DEADLINE     | 900ms  | at least 1s (MESH_CALL_DEADLINE)
            LOAD_BALANCER_IDLE   | 0s     | at least 1ms (the shortest time that can be set)
            SERVER_IDLE          | 60s    | at least 61s (MESH_LOAD_BALANCER_IDLE + 1 s)
            DEREGISTRATION_DELAY | 1s     | at least 1400ms (MESH_REQUEST_DEADLINE)
            HEALTH_TIMEOUT       | 0s     | at least 1ms (the shortest time that can be set)
            HEALTH_INTERVAL      | 1s     | at least 2s (MESH_HEALTH_TIMEOUT)
            """)
    void aBrokenInequalityIsNamedWithBothOfItsSides(String timing, String value, String bound) {
        assertThatThrownBy(() -> MeshTimings.from(new Environment(Map.of("MESH_" + timing, value))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("MESH_" + timing + " is " + value + ", but must be " + bound);
    }

    @Test
    void theLameDuckMustOutlastTheHealthChecksOfTheLoadBalancer() {
        assertThatThrownBy(() -> MeshTimings.from(new Environment(Map.of("MESH_HEALTH_INTERVAL", "10s"))))
                .hasMessage("MESH_LAME_DUCK is 18s, but must be at least 22s"
                        + " (MESH_HEALTH_INTERVAL x MESH_UNHEALTHY_THRESHOLD + MESH_HEALTH_TIMEOUT)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PT0.5S | PT5S  | MESH_DNS_TTL is 500ms, but must be at least 1s (the shortest TTL that a resolver polls at)
            PT61S  | PT5S  | MESH_DNS_TTL is 61s, but must be at most 60s (the longest TTL that a deploy can wait for)
            PT5S   | PT-1S | MESH_PROPAGATION_SLACK is -1s, but must be at least 0s (a time before the change is impossible)
            """)
    void aTtlOrSlackThatCodeSetsIsChecked(Duration ttl, Duration slack, String message) {
        assertThatThrownBy(() -> MeshTimings.forDnsTtl(ttl, slack))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 11})
    void theThresholdMustBeOneThatALoadBalancerAccepts(int threshold) {
        assertThatThrownBy(() -> MeshTimings.from(
                        new Environment(Map.of("MESH_UNHEALTHY_THRESHOLD", Integer.toString(threshold)))))
                .hasMessage(
                        "MESH_UNHEALTHY_THRESHOLD is '" + threshold + "', but must be a whole number between 2 and 10");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 10, 30, 60})
    void theTimingsOfEveryTtlTravelThroughTheEnvironment(int ttlSeconds) {
        MeshTimings timings = MeshTimings.forDnsTtl(Duration.ofSeconds(ttlSeconds), Duration.ofSeconds(5));

        assertThat(MeshTimings.from(new Environment(timings.toEnvironment()))).isEqualTo(timings);
    }

    @Test
    void anEmptyEnvironmentGivesTheDefaults() {
        assertThat(MeshTimings.from(new Environment(Map.of()))).isEqualTo(MeshTimings.defaults());
    }

    @Test
    void everyVariableIsRead() {
        assertThat(MeshTimings.defaults().toEnvironment()).hasSize(15).allSatisfy((variable, value) -> {
            Map<String, String> broken = new HashMap<>(MeshTimings.defaults().toEnvironment());
            broken.put(variable, "soon");
            assertThatThrownBy(() -> MeshTimings.from(new Environment(broken)))
                    .hasMessageStartingWith(variable + " is 'soon', but must be ");
        });
    }

    @Test
    void anAbsentTimingFollowsFromTheTtl() {
        MeshTimings slow = MeshTimings.from(new Environment(Map.of("MESH_DNS_TTL", "60s")));

        assertThat(slow.lameDuck()).isEqualTo(Duration.ofSeconds(73));
        assertThat(slow.stopTimeout()).isEqualTo(Duration.ofSeconds(120));
        assertThat(MeshTimings.from(new Environment(Map.of("MESH_DNS_TTL", "1s")))
                        .negativeTtl())
                .isEqualTo(Duration.ofSeconds(1));
    }
}
