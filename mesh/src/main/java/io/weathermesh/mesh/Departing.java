package io.weathermesh.mesh;

import java.time.Duration;

/**
 * A part of a process that must know when the process leaves: another server beside gRPC, long work, a readiness page.
 *
 * <p>Both methods are called once each, in this order. What one throws is logged and does not stop the others.
 */
public interface Departing {
    /**
     * The process was asked to stop and becomes a lame duck: it goes on serving as usual, but readiness must say no
     * from now on. Returns at once.
     */
    default void leavingBegins() {}

    /**
     * The lame duck is over and clients have moved away: finish what is in flight, take nothing new, and return when
     * that is done, {@code limit} from now at the latest. Runs on a thread of its own, which is interrupted when the limit
     * is over, or earlier, when somebody wants the process to stop at once.
     */
    default void drain(Duration limit) throws InterruptedException {}
}
