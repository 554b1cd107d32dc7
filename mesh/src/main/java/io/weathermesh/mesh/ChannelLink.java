package io.weathermesh.mesh;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import org.jspecify.annotations.Nullable;

/**
 * The way from discovery to the channel that it serves. A name resolver is made inside its channel and has no reference
 * to it, so {@link MeshChannels} passes a link as an argument and attaches the channel once it is built.
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

    /** Ends the backoff of connections: a task that was unreachable during an outage may be reachable now. */
    void recovered() {
        ManagedChannel attached = channel;
        if (attached != null) {
            attached.resetConnectBackoff();
        }
    }

    /** Whether a task is connected; false if no channel is attached, which only costs a few polls. */
    boolean isConnected() {
        ManagedChannel attached = channel;
        return attached != null && attached.getState(false) == ConnectivityState.READY;
    }
}
