package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who a request came from. Each proxy adds the address that it was called from at the end of {@code X-Forwarded-For};
 * what stands before the entries of the trusted ones is a client's claim, which is not believed.
 *
 * @param trustedProxies how many proxies of ours a request passes; 0 believes the connection only
 */
record ClientAddress(int trustedProxies) {
    private static final String FORWARDED_FOR = "x-forwarded-for";

    ClientAddress {
        if (trustedProxies < 0) {
            throw new IllegalArgumentException("trustedProxies is " + trustedProxies + ", but must be 0 or more");
        }
    }

    /** The address of the connection, where the header does not have what the proxies should have added. */
    InetAddress of(ServiceRequestContext context) {
        InetAddress forwarded =
                addressIn(hop(context.request().headers().getAll(FORWARDED_FOR)).strip());
        return forwarded == null ? context.remoteAddress().getAddress() : forwarded;
    }

    /** Whom the limits are counted for that a request meets. */
    ClientNetwork network(ServiceRequestContext context) {
        return ClientNetwork.of(
                RequestNotes.of(context).map(RequestNotes::client).orElseGet(() -> of(context)));
    }

    /** What the outermost proxy of ours added, counted from the end; empty where there is not as much. */
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

    /** Without the port and brackets that some balancers add; null where it is no address. */
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
