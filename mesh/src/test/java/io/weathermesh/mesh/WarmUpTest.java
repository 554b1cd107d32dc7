package io.weathermesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.BindableService;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A server looks at its own health from inside the calls that warm it up. */
final class WarmUpTest {
    private final AtomicInteger calls = new AtomicInteger();
    private final Set<ServingStatus> meanwhile = ConcurrentHashMap.newKeySet();
    private final AtomicReference<MeshServer> started = new AtomicReference<>();

    @Test
    void aServerReportsServingOnlyWhenItIsWarm() throws Exception {
        try (MeshServer server = server(Echo.service((question, answer) -> {
            if (calls.getAndIncrement() == 0) {
                meanwhile.add(healthOf(started.get()));
            }
            answer.onNext(question);
            answer.onCompleted();
        }))) {
            started.set(server);
            server.start();

            assertThat(calls).hasPositiveValue();
            assertThat(meanwhile).containsExactly(ServingStatus.NOT_SERVING);
            assertThat(healthOf(server)).isEqualTo(ServingStatus.SERVING);
        }
    }

    @Test
    void aServerThatNeverRespondsToItselfStartsAnyway() throws Exception {
        try (MeshServer server = server(Echo.service((question, answer) -> calls.incrementAndGet()))) {
            server.start();

            assertThat(calls).hasPositiveValue();
            assertThat(healthOf(server)).isEqualTo(ServingStatus.SERVING);
        }
    }

    private static MeshServer server(BindableService service) throws Exception {
        MeshServerConfig config = new MeshServerConfig(InetAddress.getByName("127.0.0.1"), 0, 0);
        return MeshServer.builder("echo", config, MeshTimings.defaults())
                .service(service)
                .warmUp(Echo.LOOKUP, "warm?")
                .stoppedBy(new StopSignal())
                .build();
    }

    private static ServingStatus healthOf(MeshServer server) {
        ManagedChannel channel = Grpc.newChannelBuilderForAddress(
                        "127.0.0.1", server.grpcPort(), InsecureChannelCredentials.create())
                .build();
        try {
            return HealthGrpc.newBlockingStub(channel)
                    .check(HealthCheckRequest.getDefaultInstance())
                    .getStatus();
        } catch (StatusRuntimeException e) {
            return ServingStatus.UNKNOWN;
        } finally {
            channel.shutdownNow();
        }
    }
}
