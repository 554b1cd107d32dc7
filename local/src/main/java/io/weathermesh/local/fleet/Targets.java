package io.weathermesh.local.fleet;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** The load balancer's targets. */
public interface Targets {
    /** Registers a target, which gets requests as soon as its health check passes. */
    void add(InetSocketAddress target);

    /** Deregisters a target; completes when its requests have finished or the deregistration delay is over. */
    CompletableFuture<Void> remove(InetSocketAddress target);
}
