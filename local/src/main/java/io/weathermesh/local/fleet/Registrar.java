package io.weathermesh.local.fleet;

import java.net.InetSocketAddress;

/** Cloud Map: where healthy tasks are written down. Each method returns at once; DNS shows the change later. */
public interface Registrar {
    void register(String service, String task, InetSocketAddress address);

    void deregister(String service, String task);

    void health(String service, String task, boolean healthy);
}
