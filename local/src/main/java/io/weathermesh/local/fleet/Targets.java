package io.weathermesh.local.fleet;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** The load balancer's targets. */
public interface Targets {
    /** Sends requests there from now on, as soon as it says that it is ready. */
    void add(InetSocketAddress target);

    /** Sends no new requests there; completes when the old ones have finished or the deregistration delay is over. */
    CompletableFuture<Void> remove(InetSocketAddress target);
}
