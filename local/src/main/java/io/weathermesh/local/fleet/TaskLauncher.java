package io.weathermesh.local.fleet;

import java.io.IOException;
import java.net.Inet4Address;

/** Starts the process of a task. */
public interface TaskLauncher {
    /**
     * Returns as soon as the process runs, long before it serves.
     *
     * @throws IOException if it cannot be started
     */
    TaskProcess launch(ServiceDefinition service, String task, Inet4Address address) throws IOException;

    /** Whether this machine has the address, so that a task could live there. */
    default boolean hasAddress(Inet4Address address) {
        return true;
    }
}
