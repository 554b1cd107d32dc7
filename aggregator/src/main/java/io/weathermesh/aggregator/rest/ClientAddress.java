package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.NetUtil;
import java.util.ArrayList;
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

    /** The address in digits. That of the connection, where the header does not have what the proxies should have added. */
    String of(ServiceRequestContext context) {
        List<String> hops = new ArrayList<>();
        for (String value : context.request().headers().getAll(FORWARDED_FOR)) {
            hops.addAll(List.of(value.split(",", -1)));
        }
        if (trustedProxies > 0 && hops.size() >= trustedProxies) {
            String address = addressIn(hops.get(hops.size() - trustedProxies).strip());
            if (address != null) {
                return address;
            }
        }
        return context.remoteAddress().getAddress().getHostAddress();
    }

    /** Without the port and brackets that some balancers add; null where it is no address. */
    private static @Nullable String addressIn(String hop) {
        String address = hop;
        int colon = hop.lastIndexOf(':');
        if (hop.startsWith("[")) {
            int end = hop.indexOf(']');
            address = end < 0 ? hop : hop.substring(1, end);
        } else if (colon > 0 && hop.indexOf(':') == colon) {
            address = hop.substring(0, colon);
        }
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        return bytes == null ? null : NetUtil.bytesToIpAddress(bytes);
    }
}
