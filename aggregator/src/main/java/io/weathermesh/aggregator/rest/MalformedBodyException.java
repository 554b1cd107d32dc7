package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpStatus;

/** A body that cannot be read; the message tells why, in a sentence for whoever sent it. */
final class MalformedBodyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient HttpStatus status;

    MalformedBodyException(String message) {
        this(HttpStatus.BAD_REQUEST, message);
    }

    private MalformedBodyException(HttpStatus status, String message) {
        super(message);
        this.status = status;
    }

    /** Its sender was too slow. */
    static MalformedBodyException late() {
        return new MalformedBodyException(HttpStatus.REQUEST_TIMEOUT, "The body did not arrive in time.");
    }

    HttpStatus status() {
        return status;
    }
}
