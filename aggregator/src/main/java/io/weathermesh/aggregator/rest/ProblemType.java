package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpStatus;
import java.util.Locale;

/** The types of problems. Their names are part of the public contract and never change; their titles may. */
enum ProblemType {
    INVALID_PARAMETER(400, "A parameter is missing, unknown or invalid"),
    MALFORMED_REQUEST(400, "The request is not well-formed HTTP or JSON"),
    PLACE_NOT_FOUND(404, "Place not found"),
    NO_SUCH_ROUTE(404, "No resource at this path"),
    METHOD_NOT_ALLOWED(405, "Method not allowed at this path"),
    PRECONDITION_FAILED(412, "A precondition failed"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body must be application/json in UTF-8"),
    REQUEST_TOO_LARGE(413, "The request is too large"),
    TOO_MANY_REQUESTS(429, "Too many requests from one client"),
    PROVIDERS_UNAVAILABLE(503, "No provider is available"),
    NOT_READY(503, "The gateway cannot serve this request now"),
    INTERNAL(500, "Internal error in the gateway");

    private static final String BASE = "/problems/";

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    HttpStatus status() {
        return HttpStatus.valueOf(status);
    }

    String title() {
        return title;
    }

    /** The type's URI, relative to the gateway; a page there explains it. */
    String uri() {
        return BASE + slug();
    }

    /** The last segment of the URI. */
    String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
