package io.weathermesh.aggregator.rest;

/** A limit stands against a request that was let in already; the problem says which, and when to come again. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ProblemDetails problem;

    /** Without a stack trace: to refuse must cost next to nothing. */
    RefusedException(ProblemDetails problem) {
        super("refused by a limit", null, false, false);
        this.problem = problem;
    }

    ProblemDetails problem() {
        return problem;
    }
}
