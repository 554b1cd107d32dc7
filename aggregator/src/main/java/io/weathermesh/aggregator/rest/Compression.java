package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.encoding.EncodingService;
import java.util.Set;

/**
 * Compresses responses for clients that accept a coding, and adds {@code Vary}. Streams are not compressed: an encoder would
 * hold events back. No response contains a secret, so its compressed size reveals none.
 */
final class Compression {
    /** A smaller response fits into one packet. */
    private static final int MIN_BYTES = 1_024;

    private static final Set<String> COMPRESSED_TYPES = Set.of(
            "application/json",
            "application/problem+json",
            "text/html",
            "text/css",
            "text/javascript",
            "image/svg+xml");

    private Compression() {}

    static HttpService around(HttpService routes) {
        HttpService encoding = EncodingService.builder()
                .minBytesToForceChunkedEncoding(MIN_BYTES)
                .encodableContentTypes(
                        (MediaType type) -> COMPRESSED_TYPES.contains(type.type() + "/" + type.subtype()))
                .build(routes);
        return encoding.decorate((delegate, context, request) -> {
            context.setAdditionalResponseHeader(HttpHeaderNames.VARY, "accept-encoding");
            return delegate.serve(context, request);
        });
    }
}
