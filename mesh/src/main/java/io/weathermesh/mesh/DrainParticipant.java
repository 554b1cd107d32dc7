package io.weathermesh.mesh;

import java.time.Duration;

/**
 * A part of a process that takes part in its graceful shutdown: another server beside gRPC, long work, a readiness page.
 *
 * <p>Each method is called once, in this order. An exception is logged and does not stop the other participants.
 */
public interface DrainParticipant {
    /**
     * The process received SIGTERM and is a lame duck: it goes on serving as usual, but its readiness check must fail
     * from now on. Must not block.
     */
    default void lameDuckStarted() {}

    /**
     * The lame duck is over and clients have moved to other tasks: accept nothing new, finish what is in flight, and
     * return when that is done, {@code limit} from now at the latest. Runs on a thread of its own, which is interrupted
     * at the limit, or earlier after a second signal.
     */
    default void drain(Duration limit) throws InterruptedException {}
}
