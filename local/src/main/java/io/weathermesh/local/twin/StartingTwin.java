package io.weathermesh.local.twin;

import io.weathermesh.local.fleet.TaskView;
import java.time.Duration;
import java.util.List;

/** A twin while it starts. */
public interface StartingTwin {
    /**
     * Whether the load balancer listens.
     *
     * @throws CannotStartException if it cannot listen
     */
    boolean listens();

    /** Whether every service has its desired count of healthy tasks. */
    boolean isSteady();

    /** The name server, then the tasks. */
    List<TaskView> tasks();

    /** Waits for a request to stop; returns false after the timeout. */
    boolean awaitStopRequest(Duration patience) throws InterruptedException;
}
