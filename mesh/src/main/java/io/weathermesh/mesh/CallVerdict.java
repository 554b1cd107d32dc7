package io.weathermesh.mesh;

import io.grpc.Status;
import java.util.function.Supplier;

/** What the end of an attempt says about the task that it was sent to. */
enum CallVerdict {
    /** The task works: it answered, also where the answer is no. */
    GOOD,
    /** The task failed. */
    BAD,
    /** Nothing is known. */
    NOTHING;

    /**
     * Judges one attempt.
     *
     * @param cancelled what is known of it if it was cancelled
     */
    static CallVerdict of(Status status, Supplier<CancelledAttempt> cancelled) {
        return switch (status.getCode()) {
            case UNAVAILABLE, INTERNAL, UNKNOWN, DATA_LOSS, DEADLINE_EXCEEDED -> BAD;
            case CANCELLED -> cancelled.get().speaksAgainstTheTask() ? BAD : NOTHING;
            // RESOURCE_EXHAUSTED too: leaving out a task that sheds would overload the next one.
            case OK,
                    INVALID_ARGUMENT,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    RESOURCE_EXHAUSTED,
                    FAILED_PRECONDITION,
                    ABORTED,
                    OUT_OF_RANGE,
                    UNIMPLEMENTED,
                    UNAUTHENTICATED -> GOOD;
        };
    }
}
