package io.weathermesh.mesh;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Where one task of a service can be reached. Two are equal when their addresses are: the zone is a remark that one
 * source makes and another does not, and neither remark makes another task.
 *
 * @param ip its IPv4 address
 * @param zone the availability zone it runs in, as the source tells it; empty when the source does not
 */
record TaskAddress(InetAddress ip, String zone) {
    /** By address, so that a set of tasks has one order. */
    static final Comparator<TaskAddress> ORDER =
            (one, other) -> Arrays.compareUnsigned(one.ip.getAddress(), other.ip.getAddress());

    static TaskAddress of(InetAddress ip) {
        return new TaskAddress(ip, "");
    }

    /** Reads digits such as {@code 10.0.1.17}; never asks a name server. */
    static TaskAddress of(String digits) {
        try {
            return of(InetAddress.getByAddress(bytes(digits)));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + digits + "' is not an IPv4 address", e);
        }
    }

    private static byte[] bytes(String digits) {
        String[] parts = digits.split("\\.", -1);
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            int part = Integer.parseInt(parts[i]);
            if (part < 0 || part > 255 || parts.length != 4) {
                throw new IllegalArgumentException("'" + digits + "' is not an IPv4 address");
            }
            bytes[i] = (byte) part;
        }
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TaskAddress another && ip.equals(another.ip);
    }

    @Override
    public int hashCode() {
        return ip.hashCode();
    }

    @Override
    public String toString() {
        return ip.getHostAddress();
    }
}
