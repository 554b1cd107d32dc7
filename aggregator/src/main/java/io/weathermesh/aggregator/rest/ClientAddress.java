package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Determines the address of a client. Each proxy appends the address of its peer to {@code X-Forwarded-For}; the entries
 * before those of the trusted proxies are claims of the client, and are ignored.
 *
 * @param trustedProxies the number of our proxies in front of the gateway; 0 ignores the header
 */
record ClientAddress(int trustedProxies) {
    private static final String FORWARDED_FOR = "x-forwarded-for";

    ClientAddress {
        if (trustedProxies < 0) {
            throw new IllegalArgumentException("trustedProxies is " + trustedProxies + ", but must be 0 or more");
        }
    }

    /** The address of the connection if the header lacks a valid entry of the proxies. */
    InetAddress of(ServiceRequestContext context) {
        InetAddress forwarded =
                addressIn(hop(context.request().headers().getAll(FORWARDED_FOR)).strip());
        return forwarded == null ? context.remoteAddress().getAddress() : forwarded;
    }

    /** The client that the limits count a request for. */
    ClientNetwork network(ServiceRequestContext context) {
        return ClientNetwork.of(
                RequestRecord.of(context).map(RequestRecord::client).orElseGet(() -> of(context)));
    }

    /** The entry of our outermost proxy, counted from the end; empty if there are fewer entries. */
    private String hop(List<String> values) {
        int left = trustedProxies;
        for (int i = values.size() - 1; i >= 0 && left > 0; i--) {
            String value = values.get(i);
            int end = value.length();
            while (end >= 0) {
                int comma = value.lastIndexOf(',', end - 1);
                left--;
                if (left == 0) {
                    return value.substring(comma + 1, end);
                }
                end = comma;
            }
        }
        return "";
    }

    /** Without the port and brackets that some load balancers add; null if it is no address. */
    private static @Nullable InetAddress addressIn(String hop) {
        String address = hop;
        int colon = hop.lastIndexOf(':');
        if (hop.startsWith("[")) {
            int end = hop.indexOf(']');
            address = end < 0 ? hop : hop.substring(1, end);
        } else if (colon > 0 && hop.indexOf(':') == colon) {
            address = hop.substring(0, colon);
        }
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
        }
    }
}
