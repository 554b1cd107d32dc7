package io.weathermesh.local.twin;

import io.weathermesh.local.fleet.Targets;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** The targets of a load balancer that is still starting, so that tasks need not wait for it to be started. */
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
