package io.weathermesh.mesh;

import io.grpc.Status;
import java.time.Duration;
import java.util.function.Supplier;

/** What the end of an attempt shows about the task that it was sent to. */
enum AttemptVerdict {
    /** The task works: it responded, even if the response is an error of the application. */
    GOOD,
    /** The task failed. */
    BAD,
    /** The attempt shows nothing about the task. */
    IGNORE;

    /**
     * An attempt that was cancelled, and the rest of its call. Silence shows in no other way: gRPC cancels the attempts
     * of a hedged call when one of them gets a response, and when the deadline passes.
     *
     * <p>Silence counts against a task only if another task responded to the same call, or if the call was sent to no
     * other task. When two tasks are silent on one call, the likely cause is a stall of this process, its machine or the
     * network. If such silence counted, two of three healthy tasks would be ejected for seconds (measured), and if the
     * third froze meanwhile, no task would be left to call.
     *
     * @param age how long the attempt had run
     * @param unary false for a stream, which its client ends sooner or later
     * @param outOfTime whether the deadline of the call has passed
     * @param alone whether the call was sent to no other task
     * @param answered whether any attempt of the call got a response
     */
    record Cancelled(Duration age, boolean unary, boolean outOfTime, boolean alone, boolean answered) {
        boolean countsAgainstTask() {
            // An attempt that lost although it started a whole hedging delay earlier hangs; a later one had no time.
            boolean hadTime = age.compareTo(ChannelPolicy.HEDGING_DELAY) >= 0;
            return unary && (answered ? hadTime : alone && (hadTime || outOfTime));
        }
    }

    /**
     * Judges one attempt.
     *
     * @param cancelled describes the attempt; called only if the status is CANCELLED
     */
    static AttemptVerdict of(Status status, Supplier<Cancelled> cancelled) {
        return switch (status.getCode()) {
            case UNAVAILABLE, INTERNAL, UNKNOWN, DATA_LOSS, DEADLINE_EXCEEDED -> BAD;
            case CANCELLED -> cancelled.get().countsAgainstTask() ? BAD : IGNORE;
            // RESOURCE_EXHAUSTED too: ejecting a task that sheds would overload the next one.
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
