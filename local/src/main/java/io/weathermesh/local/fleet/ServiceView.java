package io.weathermesh.local.fleet;

import java.time.Instant;
import java.util.List;

/**
 * A service at one instant.
 *
 * @param desired how many tasks it should have
 * @param deployment the number of the newest deployment; tasks with a lower one are being replaced
 * @param created when the service was made
 * @param deployed when the newest deployment began
 * @param tasks those whose processes have not ended
 * @param ended those that have, the newest first; only the last ones are remembered
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
