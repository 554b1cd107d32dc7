package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;

/** What the response headers of the API state about caching (RFC 9111). The pages and their files set their own. */
final class CacheHeaders {
    private CacheHeaders() {}

    /** For a response that no cache may keep: partial weather, problems, streams, batches and health. */
    static ResponseHeadersBuilder noStore(HttpStatus status, MediaType type) {
        return head(status).contentType(type).set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    }

    /**
     * For a response that any cache may keep for a while, without a content type.
     *
     * @param seconds the time until it expires, at least 1
     * @param expires the same as an HTTP date
     */
    static ResponseHeadersBuilder fresh(HttpStatus status, long seconds, String expires, EntityTag tag) {
        return head(status)
                .set(HttpHeaderNames.CACHE_CONTROL, "public, max-age=" + seconds)
                .set(HttpHeaderNames.EXPIRES, expires)
                .set(HttpHeaderNames.ETAG, tag.text());
    }

    private static ResponseHeadersBuilder head(HttpStatus status) {
        return ResponseHeaders.builder(status).set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
    }
}
