package io.weathermesh.aggregator.rest;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.util.List;

/**
 * The readiness and the health of this task.
 *
 * <p>It is ready while at least one provider can be reached and it is not draining. One provider is enough: a new gateway
 * must be able to start while another provider is down, and its responses state what is missing.
 *
 * <p>It is healthy from the first moment when it is ready until it drains. The load balancer replaces an unhealthy task, and
 * while all providers are down that would replace every gateway, over and over, though each serves what it has cached.
 */
public final class Readiness {
    private final List<ManagedChannel> providers;
    private volatile boolean reached;
    private volatile boolean draining;

    public Readiness(ManagedChannel... providers) {
        this.providers = List.of(providers);
    }

    /** Also makes idle channels connect. */
    boolean isReady() {
        long reachable = providers.stream()
                .filter(channel -> channel.getState(true) == ConnectivityState.READY)
                .count();
        reached |= reachable > 0;
        return !draining && reachable > 0;
    }

    /** Also makes idle channels connect, until one provider has been reached. */
    boolean isHealthy() {
        return !draining && (reached || isReady());
    }

    boolean isDraining() {
        return draining;
    }

    void drain() {
        draining = true;
    }
}
