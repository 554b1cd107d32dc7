package io.weathermesh.local.fleet;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Asks one task whether it is healthy. */
public interface HealthProbe extends AutoCloseable {
    /** Makes probes. */
    @FunctionalInterface
    interface Maker {
        HealthProbe probe(ServiceDefinition service, Inet4Address address);
    }

    /** How long a task may take to respond to a check: as deployed, and the default of ECS. */
    Duration TIMEOUT = Duration.ofSeconds(5);

    /** Completes within {@link #TIMEOUT} or so, with false for whatever is not a clear yes; never exceptionally. */
    CompletableFuture<Boolean> check();

    @Override
    void close();
}
