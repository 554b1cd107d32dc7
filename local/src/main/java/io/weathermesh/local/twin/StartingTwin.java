package io.weathermesh.local.twin;

import io.weathermesh.local.fleet.TaskView;
import java.time.Duration;
import java.util.List;

/** What whoever has started a twin can see of it until it serves. */
public interface StartingTwin {
    /**
     * Whether the load balancer listens, which takes a moment.
     *
     * @throws CannotStartException if it never will
     */
    boolean listens();

    /** Whether every service has its tasks, all healthy. */
    boolean isSteady();

    /** What runs: the name server, then the tasks. */
    List<TaskView> tasks();

    /** Waits until somebody wants it to stop; no longer than this. */
    boolean awaitStopRequest(Duration patience) throws InterruptedException;
}
