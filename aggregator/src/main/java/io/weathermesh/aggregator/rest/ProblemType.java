package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpStatus;
import java.util.Locale;

/** The kinds of problem that an answer can name. The names are part of the public contract and never change. */
enum ProblemType {
    INVALID_PARAMETER(400, "A parameter is missing, not known, or not allowed"),
    MALFORMED_REQUEST(400, "The request is not well-formed HTTP or JSON"),
    PLACE_NOT_FOUND(404, "No place of that name is known"),
    NO_SUCH_ROUTE(404, "There is nothing at this address"),
    METHOD_NOT_ALLOWED(405, "This address does not take the method"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body must be application/json in UTF-8"),
    REQUEST_TOO_LARGE(413, "The request is larger than is allowed"),
    TOO_MANY_REQUESTS(429, "Too many requests came from one client"),
    PROVIDERS_UNAVAILABLE(503, "Neither provider can be had"),
    NOT_READY(503, "The gateway cannot answer now"),
    INTERNAL(500, "The gateway failed by a defect of its own");

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

    /** The last part of the type's address. */
    String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
