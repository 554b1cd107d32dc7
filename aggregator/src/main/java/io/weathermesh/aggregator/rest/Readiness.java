package io.weathermesh.aggregator.rest;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.util.List;

/**
 * Whether requests should be sent here: at least one provider can be reached, and the task does not leave. One provider is
 * enough: a new gateway must be able to start while the other is out, and say so in its answers.
 *
 * <p>The load balancer asks for less: whether that was so once, and the task does not leave. A task that it finds unhealthy
 * is killed and replaced, and while all providers are out that would be every gateway, over and over, though each answers
 * what it remembers and says of the rest why it is missing.
 */
public final class Readiness {
    private final List<ManagedChannel> providers;
    private volatile boolean begun;
    private volatile boolean leaving;

    public Readiness(ManagedChannel... providers) {
        this.providers = List.of(providers);
    }

    /** Also makes channels connect that have not yet. */
    boolean isReady() {
        long reachable = providers.stream()
                .filter(channel -> channel.getState(true) == ConnectivityState.READY)
                .count();
        begun |= reachable > 0;
        return !leaving && reachable > 0;
    }

    /** Also makes channels connect, until one has. */
    boolean isHealthy() {
        return !leaving && (begun || isReady());
    }

    boolean isLeaving() {
        return leaving;
    }

    void leave() {
        leaving = true;
    }
}
