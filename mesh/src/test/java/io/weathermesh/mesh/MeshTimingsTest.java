package io.weathermesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Breaks one inequality at a time: the defaults with one component changed. */
final class MeshTimingsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dnsTtl              | PT0.5S | dnsTtl is 500ms, but must be at least 1s (the least TTL that a resolver polls at)
            dnsTtl              | PT61S  | dnsTtl is 61s, but must be at most 60s (the longest TTL that a deploy can wait for)
            negativeTtl         | PT0S   | negativeTtl is 0s, but must be above 0
            negativeTtl         | PT11S  | negativeTtl is 11s, but must be at most 10s (dnsTtl)
            propagationSlack    | PT-1S  | propagationSlack is -1s, but must be 0 or more
            lameDuck            | PT17S  | lameDuck is 17s, but must be at least 18s (dnsTtl + poll jitter + query time + propagationSlack)
            healthInterval      | PT10S  | lameDuck is 18s, but must be at least 22s (healthInterval x unhealthyThreshold + healthTimeout)
            notServing          | PT0S   | notServing is 0s, but must be above 0
            drain               | PT1S   | drain is 1s, but must be at least 1400ms (requestDeadline)
            stopTimeout         | PT40S  | stopTimeout is 40s, but must be at least 41s (lameDuck + notServing + drain + exit margin)
            stopTimeout         | PT121S | stopTimeout is 121s, but must be at most 120s (the longest that Fargate waits)
            callDeadline        | PT0S   | callDeadline is 0s, but must be above 0
            requestDeadline     | PT0.9S | requestDeadline is 900ms, but must be at least 1s (callDeadline)
            loadBalancerIdle    | PT0S   | loadBalancerIdle is 0s, but must be above 0
            serverIdle          | PT60S  | serverIdle is 60s, but must be at least 61s (loadBalancerIdle + 1 s)
            deregistrationDelay | PT1S   | deregistrationDelay is 1s, but must be at least 1400ms (requestDeadline)
            healthTimeout       | PT0S   | healthTimeout is 0s, but must be above 0
            healthInterval      | PT1S   | healthInterval is 1s, but must be at least 2s (healthTimeout)
            """)
    void aBrokenInequalityIsNamedWithBothOfItsSides(String component, Duration value, String message) {
        assertThatThrownBy(() -> defaultsBut(component, value))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 11})
    void theThresholdIsWhatALoadBalancerTakes(int threshold) {
        assertThatThrownBy(() -> defaultsBut("unhealthyThreshold", threshold))
                .hasMessage("unhealthyThreshold is " + threshold + ", but allowed is 2 to 10");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 10, 30, 60})
    void thereAreTimingsForEveryTtlAndTheyTravelThroughTheEnvironment(int ttlSeconds) {
        MeshTimings timings = MeshTimings.forDnsTtl(Duration.ofSeconds(ttlSeconds), Duration.ofSeconds(5));

        assertThat(MeshTimings.from(new Environment(timings.toEnvironment()))).isEqualTo(timings);
    }

    @Test
    void anEmptyEnvironmentMeansTheDefaults() {
        assertThat(MeshTimings.from(new Environment(Map.of()))).isEqualTo(MeshTimings.defaults());
    }

    @Test
    void everyComponentHasAVariableAndEveryVariableIsRead() {
        assertThat(MeshTimings.defaults().toEnvironment()).hasSize(MeshTimings.class.getRecordComponents().length);
        MeshTimings.defaults().toEnvironment().keySet().forEach(variable -> {
            Map<String, String> broken = new HashMap<>(MeshTimings.defaults().toEnvironment());
            broken.put(variable, "soon");
            assertThatThrownBy(() -> MeshTimings.from(new Environment(broken)))
                    .hasMessageStartingWith(variable + " is 'soon', but allowed is ");
        });
    }

    private static MeshTimings defaultsBut(String component, Object value) throws Throwable {
        RecordComponent[] components = MeshTimings.class.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            boolean changed = components[i].getName().equals(component);
            values[i] = changed ? value : components[i].getAccessor().invoke(MeshTimings.defaults());
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return MeshTimings.class.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
