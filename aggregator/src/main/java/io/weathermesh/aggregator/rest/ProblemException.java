package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpStatus;

/** A request is refused with a problem that is known where it is thrown. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ProblemDetails problem;

    /** Without a stack trace: a refused request must cost next to nothing. */
    ProblemException(ProblemDetails problem) {
        super("the request is refused", null, false, false);
        this.problem = problem;
    }

    /**
     * A parameter of a URL or a field of a body is missing, unknown or invalid.
     *
     * @param parameter the name that the client sent, not the one in the contract
     * @param description the fault and the rule, as in {@code "is 91, but must be between -90 and 90"}
     */
    static ProblemException invalid(String parameter, String description) {
        return new ProblemException(ProblemDetails.ofParameter(parameter, description));
    }

    /** A body could not be read or parsed. */
    static ProblemException malformedBody(HttpStatus status, String detail) {
        return new ProblemException(ProblemDetails.of(ProblemType.MALFORMED_REQUEST, status, detail));
    }

    ProblemDetails problem() {
        return problem;
    }
}
