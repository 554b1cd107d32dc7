package io.weathermesh.aggregator.rest;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** The client that limits count for: an IPv4 address, or the first 64 bits of an IPv6 address, since a client has all of the rest. */
record ClientNetwork(boolean ofVersion6, long prefix) {
    static ClientNetwork of(InetAddress client) {
        ByteBuffer bytes = ByteBuffer.wrap(client.getAddress());
        boolean ofVersion6 = client instanceof Inet6Address;
        return new ClientNetwork(ofVersion6, ofVersion6 ? bytes.getLong() : bytes.getInt());
    }
}
