package io.weathermesh.mesh;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * The IPv4 addresses that channels may connect to, as a CIDR block. DNS must not be able to direct a process to the
 * metadata service of its host or to a stranger.
 *
 * @param network the address of the network
 * @param prefix the length of its prefix, 0 to 32
 */
record AllowedRange(int network, int prefix) {
    static final String SETTING = "MESH_ALLOWED_CIDR";

    private static final int LINK_LOCAL = (169 << 24) | (254 << 16);
    private static final int LINK_LOCAL_PREFIX = 16;

    /** Reads the setting; if it is absent, all addresses except link-local ones are allowed. */
    static AllowedRange from(Environment environment) {
        String value = environment.text(SETTING, "0.0.0.0/0");
        String[] parts = value.split("/", 2);
        try {
            int prefix = parts.length == 2 ? Integer.parseInt(parts[1]) : -1;
            int address = bits(TaskAddress.of(parts[0]).ip());
            if (prefix >= 0 && prefix <= Integer.SIZE && (address & ~mask(prefix)) == 0) {
                return new AllowedRange(address, prefix);
            }
        } catch (IllegalArgumentException e) {
            // The message is the same as for a wrong prefix.
        }
        throw new InvalidSettingException(
                SETTING, value, "a CIDR block like 10.0.0.0/16, with no bits set after the prefix");
    }

    /** Link-local addresses are never allowed: the credentials of the host are served there. */
    boolean contains(InetAddress ip) {
        if (ip.getAddress().length != Integer.BYTES) {
            return false;
        }
        int address = bits(ip);
        return (address & mask(prefix)) == network && (address & mask(LINK_LOCAL_PREFIX)) != LINK_LOCAL;
    }

    private static int mask(int prefix) {
        return prefix == 0 ? 0 : -1 << (Integer.SIZE - prefix);
    }

    private static int bits(InetAddress ip) {
        return ByteBuffer.wrap(ip.getAddress()).getInt();
    }

    /** CIDR notation. */
    @Override
    public String toString() {
        return "%d.%d.%d.%d/%d"
                .formatted(network >>> 24, (network >>> 16) & 0xff, (network >>> 8) & 0xff, network & 0xff, prefix);
    }
}
