package io.weathermesh.local.fleet;

import java.io.IOException;
import java.net.Inet4Address;

/** Starts the process of a task. */
public interface TaskLauncher {
    /**
     * Returns when the process runs, before it serves.
     *
     * @throws IOException if it cannot be started
     */
    TaskProcess launch(ServiceDefinition service, String task, Inet4Address address) throws IOException;

    /** Whether this machine has the address. */
    default boolean hasAddress(Inet4Address address) {
        return true;
    }
}
