package io.weathermesh.local.fleet;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The loopback addresses of this machine: all of 127.0.0.0/8 on Linux, elsewhere 127.0.0.1 and added aliases. */
public final class Loopback {
    private Loopback() {}

    /** Whether a process can listen at the address. */
    public static boolean has(Inet4Address address) {
        try (ServerSocket any = new ServerSocket()) {
            any.bind(new InetSocketAddress(address, 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
