package io.weathermesh.mesh;

import java.util.List;

/** One way to keep a channel's tasks up to date. The tally records its decisions. */
interface SimulatedClient {
    /** Starts to watch. */
    void start();

    /** The connection to a task ended, or could not be made. What a load balancer answers with a call of refresh. */
    void suspects();

    /** Where a client's decisions go. */
    interface Channel {
        /** Calls go to these from now on. */
        void use(List<TaskAddress> tasks);
    }
}
