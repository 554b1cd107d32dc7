package io.weathermesh.local.twin;

import io.weathermesh.local.fleet.Targets;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** The targets of a load balancer that may still be starting, so that tasks can start meanwhile. */
record DeferredTargets(CompletableFuture<? extends Targets> balancer) implements Targets {
    @Override
    public void add(InetSocketAddress target) {
        var unused = balancer.thenAccept(started -> started.add(target));
    }

    @Override
    public CompletableFuture<Void> remove(InetSocketAddress target) {
        return balancer.thenCompose(started -> started.remove(target));
    }
}
