package io.weathermesh.aggregator.providers;

/** A provider's response breaks its contract. The message is the end of a sentence about the response. */
final class InvalidResponseException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidResponseException(String fault) {
        super(fault, null, false, false); // Its stack trace would only lead to the check.
    }
}
