package io.weathermesh.mesh;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import org.jspecify.annotations.Nullable;

/**
 * How discovery reaches the channel it serves. A name resolver is made inside of its channel and cannot see it, so
 * whoever builds the channel passes a link as an argument and attaches the channel once it is there.
 */
final class ChannelLink {
    private volatile @Nullable ManagedChannel channel;

    /** A link that never gets a channel. */
    static ChannelLink none() {
        return new ChannelLink();
    }

    void attach(ManagedChannel built) {
        channel = built;
    }

    /** Ends the back-off of connections: what did not answer during an outage may answer now. */
    void recovered() {
        ManagedChannel attached = channel;
        if (attached != null) {
            attached.resetConnectBackoff();
        }
    }

    /** Whether a task is connected; a channel that nobody attached counts as cut off, which only costs a few polls. */
    boolean isConnected() {
        ManagedChannel attached = channel;
        return attached != null && attached.getState(false) == ConnectivityState.READY;
    }
}
