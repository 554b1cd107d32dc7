package io.weathermesh.local.fleet;

import java.net.InetSocketAddress;

/** Cloud Map: the registry of healthy tasks. Every method returns at once; DNS has the change later. */
public interface Registrar {
    void register(String service, String task, InetSocketAddress address);

    void deregister(String service, String task);

    void health(String service, String task, boolean healthy);
}
