package io.weathermesh.aggregator.rest;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.util.List;

/**
 * Whether the load balancer may send requests here: at least one provider can be reached, and the task does not leave.
 * One provider is enough: a new gateway must be able to start while the other is out, and say so in its answers.
 */
public final class Readiness {
    private final List<ManagedChannel> providers;
    private volatile boolean leaving;

    public Readiness(ManagedChannel... providers) {
        this.providers = List.of(providers);
    }

    /** Also makes channels connect that have not yet. */
    boolean isReady() {
        long reachable = providers.stream()
                .filter(channel -> channel.getState(true) == ConnectivityState.READY)
                .count();
        return !leaving && reachable > 0;
    }

    boolean isLeaving() {
        return leaving;
    }

    void leave() {
        leaving = true;
    }
}
