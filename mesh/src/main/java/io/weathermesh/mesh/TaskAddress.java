package io.weathermesh.mesh;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of one task of a service. Two are equal if their IP addresses are: the zone is a remark that one source
 * returns and another does not.
 *
 * @param ip its IPv4 address
 * @param zone the availability zone that it runs in; empty if the source does not return it
 */
record TaskAddress(InetAddress ip, String zone) {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d{1,2})";
    private static final Pattern IPV4 = Pattern.compile(OCTET + ("\\." + OCTET).repeat(3));

    /** By IP address, so that a set of tasks has one order. */
    static final Comparator<TaskAddress> ORDER =
            (one, other) -> Arrays.compareUnsigned(one.ip.getAddress(), other.ip.getAddress());

    static TaskAddress of(InetAddress ip) {
        return new TaskAddress(ip, "");
    }

    /**
     * Reads an address in digits such as {@code 10.0.1.17}.
     *
     * @throws IllegalArgumentException if it is not an IPv4 address
     */
    static TaskAddress of(String digits) {
        return of(ipv4(digits)
                .orElseThrow(() -> new IllegalArgumentException("'" + digits + "' is not an IPv4 address")));
    }

    /** Reads an IPv4 address in digits; empty if it is not one. Never sends a DNS query. */
    static Optional<InetAddress> ipv4(String digits) {
        Matcher matcher = IPV4.matcher(digits);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        byte[] bytes = new byte[matcher.groupCount()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(matcher.group(i + 1));
        }
        try {
            return Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
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
