package io.weathermesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ConnectivityState;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real channels to a port on which the test starts and stops servers. */
@Tag("jdk")
final class ChannelLinkTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final ChannelLink link = new ChannelLink();

    /** By itself gRPC would wait 1 s, 1.6 s, 2.6 s, 4.1 s and 6.6 s, each a fifth more or less. */
    @Test
    void aRecoveryEndsTheBackoffOfConnections() throws Exception {
        int recoveries = 5;
        Duration patience = Duration.ofSeconds(12);
        try (ServerSocket hangsUp = new ServerSocket(0, recoveries, LOOPBACK)) {
            ManagedChannel channel = channelTo(hangsUp.getLocalPort());
            link.attach(channel);
            long start = System.nanoTime();
            ConnectivityState ignored = channel.getState(true);
            hangsUp.accept().close();

            hangsUp.setSoTimeout(50);
            for (int recovery = 0; recovery < recoveries; recovery++) {
                awaitState(channel, ConnectivityState.TRANSIENT_FAILURE);
                acceptAfterARecovery(hangsUp).close();
            }

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(patience);
            assertThat(link.isConnected()).isFalse();
            channel.shutdownNow();
        }
    }

    /** Recoveries go on until one is noticed: while a connection is being made there is nothing to notice. */
    private Socket acceptAfterARecovery(ServerSocket server) throws IOException {
        while (true) {
            link.recovered();
            try {
                return server.accept();
            } catch (SocketTimeoutException e) {
                // Once more.
            }
        }
    }

    @Test
    void aLinkIsConnectedWhileATaskIs() throws Exception {
        assertThat(link.isConnected()).isFalse();
        MeshServer task = MeshServer.builder("echo", new MeshServerConfig(LOOPBACK, 0, 0), MeshTimings.defaults())
                .service(Echo.responding("here"))
                .build();
        task.start();
        ManagedChannel channel = channelTo(task.grpcPort());
        link.attach(channel);
        assertThat(Echo.patiently(channel, "who?")).isEqualTo("here");
        assertThat(link.isConnected()).isTrue();

        task.close();
        awaitState(channel, ConnectivityState.IDLE);

        assertThat(link.isConnected()).isFalse();
        channel.shutdownNow();
    }

    private static ManagedChannel channelTo(int port) {
        return Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create())
                .build();
    }

    private static void awaitState(ManagedChannel channel, ConnectivityState wanted) throws InterruptedException {
        for (ConnectivityState now = channel.getState(false); now != wanted; now = channel.getState(false)) {
            CountDownLatch changed = new CountDownLatch(1);
            channel.notifyWhenStateChanged(now, changed::countDown);
            changed.await();
        }
    }
}
