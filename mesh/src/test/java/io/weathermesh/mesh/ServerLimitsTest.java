package io.weathermesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What one connection may do to a server, with all limits as they are in production. */
@Tag("jdk")
final class ServerLimitsTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** gRPC forgives two pings that come too early. */
    private static final int TOO_MANY_PINGS = 4;

    private final BlockingQueue<StreamObserver<String>> held = new LinkedBlockingQueue<>();
    private final MeshServer server;
    private final ManagedChannel channel;

    ServerLimitsTest() throws Exception {
        server = MeshServer.builder("echo", new MeshServerConfig(LOOPBACK, 0, 0), MeshTimings.defaults())
                .service(Echo.service((request, answer) -> {
                    if (request.equals("hold")) {
                        held.add(answer);
                    } else {
                        answer.onNext(request);
                        answer.onCompleted();
                    }
                }))
                .build();
        server.start();
        channel = Grpc.newChannelBuilder("127.0.0.1:" + server.grpcPort(), InsecureChannelCredentials.create())
                .build();
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
        server.close();
    }

    @Test
    void aCallAboveTheLimitOfAConnectionWaitsForAnotherToEnd() throws Exception {
        for (int call = 0; call <= GrpcPort.MAX_CALLS_PER_CONNECTION; call++) {
            Future<String> unused =
                    ClientCalls.futureUnaryCall(channel.newCall(Echo.CHANGE, CallOptions.DEFAULT), "hold");
        }
        StreamObserver<String> first = held.take();
        for (int call = 1; call < GrpcPort.MAX_CALLS_PER_CONNECTION; call++) {
            StreamObserver<String> ignored = held.take();
        }
        assertThat(held.poll(300, TimeUnit.MILLISECONDS)).isNull();

        first.onNext("done");
        first.onCompleted();

        assertThat(held.take()).isNotNull();
    }

    @Test
    void aConnectionThatKeepsResettingItsCallsIsClosed() throws Exception {
        try (RawHttp2 client = new RawHttp2(LOOPBACK, server.grpcPort())) {
            for (int call = 0; call <= GrpcPort.MAX_RESETS; call++) {
                client.callAndReset("/" + Echo.LOOKUP.getFullMethodName());
            }

            assertThat(client.readGoaway()).isEqualTo(RawHttp2.ENHANCE_YOUR_CALM);
        }
        assertThat(Echo.lookup(channel, "still here")).isEqualTo("still here");
    }

    @Test
    void aConnectionThatPingsTooOftenIsClosed() throws Exception {
        try (RawHttp2 client = new RawHttp2(LOOPBACK, server.grpcPort())) {
            for (int ping = 0; ping < TOO_MANY_PINGS; ping++) {
                client.ping();
            }

            assertThat(client.readGoaway()).isEqualTo(RawHttp2.ENHANCE_YOUR_CALM);
        }
    }

    @Test
    void metadataAboveTheLimitReachesNoHandlerAndFailsOnlyItsCall() {
        assertThat(Echo.lookup(with(4 * 1024), "enough")).isEqualTo("enough");

        assertThatThrownBy(() -> Echo.lookup(with(16 * 1024), "too much"));

        assertThat(Echo.lookup(channel, "still here")).isEqualTo("still here");
    }

    private Channel with(int metadataBytes) {
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of("filler", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(metadataBytes));
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
    }
}
