package io.weathermesh.local.fleet;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Checks the overall gRPC health of a task. */
public final class GrpcHealthProbe implements HealthProbe {
    private final ManagedChannel channel;

    public GrpcHealthProbe(InetSocketAddress address) {
        channel = Grpc.newChannelBuilder(
                        address.getAddress().getHostAddress() + ":" + address.getPort(),
                        InsecureChannelCredentials.create())
                .directExecutor()
                .build();
    }

    @Override
    public CompletableFuture<Boolean> check() {
        CompletableFuture<Boolean> healthy = new CompletableFuture<>();
        // A starting task refuses connections: the next attempt must not wait for the back-off.
        channel.resetConnectBackoff();
        HealthGrpc.newStub(channel)
                .withDeadlineAfter(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .check(HealthCheckRequest.getDefaultInstance(), new Answer(healthy));
        return healthy;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private record Answer(CompletableFuture<Boolean> healthy) implements StreamObserver<HealthCheckResponse> {
        @Override
        public void onNext(HealthCheckResponse response) {
            healthy.complete(response.getStatus() == HealthCheckResponse.ServingStatus.SERVING);
        }

        @Override
        public void onError(Throwable failure) {
            healthy.complete(false);
        }

        @Override
        public void onCompleted() {
            healthy.complete(false);
        }
    }
}
