package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.encoding.EncodingService;
import java.util.Set;

/**
 * Compresses what is worth it for clients that take it, and tells caches that the form depends on what was taken. Streams
 * of events go out as they are: an encoder would hold events back. No answer has a secret in it, so its size tells none.
 */
final class Compression {
    /** Below it the answer fits into one packet as it is. */
    private static final int LEAST_BYTES = 1_024;

    private static final Set<String> WORTHWHILE = Set.of(
            "application/json",
            "application/problem+json",
            "text/html",
            "text/css",
            "text/javascript",
            "image/svg+xml");

    private Compression() {}

    static HttpService around(HttpService routes) {
        HttpService encoding = EncodingService.builder()
                .minBytesToForceChunkedEncoding(LEAST_BYTES)
                .encodableContentTypes((MediaType type) -> WORTHWHILE.contains(type.type() + "/" + type.subtype()))
                .build(routes);
        return encoding.decorate((delegate, context, request) -> {
            context.setAdditionalResponseHeader(HttpHeaderNames.VARY, "accept-encoding");
            return delegate.serve(context, request);
        });
    }
}
