package io.weathermesh.mesh;

import io.grpc.Status;
import java.time.Duration;

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
     * @param age how long the attempt had run
     * @param answeredOnce whether the server ends the call by itself; a stream is ended by its client, sooner or later
     */
    static CallVerdict of(Status status, Duration age, boolean answeredOnce) {
        return switch (status.getCode()) {
            case UNAVAILABLE, INTERNAL, UNKNOWN, DATA_LOSS, DEADLINE_EXCEEDED -> BAD;
            // A hedge that lost is cancelled. Who lost although it began a whole hedging delay before is a task that
            // hangs, which shows in no other way; who lost sooner had no time to answer.
            case CANCELLED -> answeredOnce && age.compareTo(ChannelPolicy.HEDGING_DELAY) >= 0 ? BAD : NOTHING;
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
