package io.weathermesh.local.fleet;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Checks the health of one task. */
public interface HealthProbe extends AutoCloseable {
    /** Creates probes. */
    @FunctionalInterface
    interface Maker {
        HealthProbe probe(ServiceDefinition service, Inet4Address address);
    }

    /** The timeout of a check: as deployed, and the default of ECS. */
    Duration TIMEOUT = Duration.ofSeconds(5);

    /** Completes within about {@link #TIMEOUT}; false unless the task is healthy; never exceptionally. */
    CompletableFuture<Boolean> check();

    @Override
    void close();
}
