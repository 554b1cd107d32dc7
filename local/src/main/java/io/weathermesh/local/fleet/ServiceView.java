package io.weathermesh.local.fleet;

import java.time.Instant;
import java.util.List;

/**
 * A service at one instant.
 *
 * @param desired the desired count
 * @param deployment the number of the newest deployment; tasks with a lower one are being replaced
 * @param created when the service was created
 * @param deployed when the newest deployment started
 * @param tasks the tasks whose processes have not ended
 * @param ended the stopped tasks, the newest first; the last ones only
 */
public record ServiceView(
        String name,
        int desired,
        int deployment,
        Instant created,
        Instant deployed,
        List<TaskView> tasks,
        List<TaskView> ended) {
    public ServiceView {
        tasks = List.copyOf(tasks);
        ended = List.copyOf(ended);
    }
}
