package io.weathermesh.local.twin;

/** The twin cannot start. The message says why, and what to do. */
public final class CannotStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotStartException(String message) {
        super(message);
    }
}
