package io.weathermesh.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.weathermesh.local.fleet.ServiceView;
import io.weathermesh.local.fleet.TaskHealth;
import io.weathermesh.local.fleet.TaskStatus;
import io.weathermesh.local.fleet.TaskView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** A task between its start and its first good health check: ECS counts it, and its deployment is not done. */
class EcsShapesTest {
    private static final Instant NOON = Instant.parse("2026-06-21T12:00:00Z");
    private static final TaskView STARTED = new TaskView(
            "humidity-provider",
            "humidity-provider-1",
            "127.0.2.1",
            50_051,
            9_090,
            1,
            TaskStatus.PENDING,
            TaskHealth.UNKNOWN,
            NOON,
            1,
            null,
            null);

    @Test
    void aTaskRunsBeforeItIsHealthy() {
        assertThat(described(EcsShapes.task(STARTED)))
                .containsEntry("lastStatus", "RUNNING")
                .containsEntry("healthStatus", "UNKNOWN");
    }

    @Test
    void aTaskThatRunsCountsButEndsNoDeploymentBeforeItIsHealthy() {
        ServiceView service = new ServiceView("humidity-provider", 1, 1, NOON, NOON, List.of(STARTED), List.of());
        Map<String, Object> shape = described(EcsShapes.service(service));
        assertThat(shape).containsEntry("runningCount", 1).containsEntry("pendingCount", 0);
        assertThat(shape.get("deployments"))
                .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("runningCount", 1)
                .containsEntry("rolloutState", "IN_PROGRESS");
        assertThat(described(EcsShapes.cluster(List.of(service))))
                .containsEntry("runningTasksCount", 1)
                .containsEntry("pendingTasksCount", 0);
    }

    private static Map<String, Object> described(Map<String, ?> shape) {
        return Map.copyOf(shape);
    }
}
