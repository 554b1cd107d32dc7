package io.weathermesh.aggregator.rest;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Whom limits are counted for: all of an address of IPv4, or the first 64 bits of one of IPv6, of which everybody has as
 * many as there can be.
 */
record ClientNetwork(boolean ofVersion6, long prefix) {
    static ClientNetwork of(InetAddress client) {
        ByteBuffer bytes = ByteBuffer.wrap(client.getAddress());
        boolean ofVersion6 = client instanceof Inet6Address;
        return new ClientNetwork(ofVersion6, ofVersion6 ? bytes.getLong() : bytes.getInt());
    }
}
