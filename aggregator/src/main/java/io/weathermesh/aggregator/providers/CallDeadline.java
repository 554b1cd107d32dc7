package io.weathermesh.aggregator.providers;

import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.Deadline;

/**
 * The time that a call may take which is made for several who wait. Its context must outlive the first of them, so it has
 * no deadline of its own; this one is a part of the call instead, which gRPC watches without a further timer.
 */
final class CallDeadline {
    private static final Context.Key<Deadline> KEY = Context.key("call-deadline");

    private CallDeadline() {}

    /** A context whose calls end at a deadline. */
    static Context in(Context context, Deadline deadline) {
        return context.withValue(KEY, deadline);
    }

    /** Of a call that has the deadline of the current context if it has one; else it ends when the channel says. */
    static CallOptions options() {
        Deadline deadline = KEY.get();
        return deadline == null ? CallOptions.DEFAULT : CallOptions.DEFAULT.withDeadline(deadline);
    }
}
