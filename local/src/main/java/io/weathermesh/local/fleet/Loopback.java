package io.weathermesh.local.fleet;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The loopback addresses of this machine: all of 127.0.0.0/8 on Linux, elsewhere those that somebody has added. */
public final class Loopback {
    private Loopback() {}

    /** Whether something could listen there, on some port. */
    public static boolean has(Inet4Address address) {
        try (ServerSocket any = new ServerSocket()) {
            any.bind(new InetSocketAddress(address, 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
