package io.weathermesh.aggregator.rest;

/** A body that cannot be read as what it says it is; the message says why, in words of ours only. */
final class MalformedBodyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedBodyException(String message) {
        super(message);
    }
}
