package io.weathermesh.local.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.weathermesh.local.aws.AwsServer;
import io.weathermesh.local.aws.CloudMapRegistry;
import io.weathermesh.local.fleet.Fleet;
import io.weathermesh.local.fleet.FleetRules;
import io.weathermesh.local.fleet.Registrar;
import io.weathermesh.local.fleet.Slowness;
import io.weathermesh.local.fleet.Targets;
import io.weathermesh.mesh.Environment;
import io.weathermesh.mesh.MeshChannels;
import io.weathermesh.mesh.MeshMeters;
import io.weathermesh.mesh.MeshTimings;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A channel of the mesh that completes DNS's eight of many by {@code DiscoverInstances}, against the twin's DNS and the
 * twin's API. The tasks are servers on loopback addresses of their own.
 */
final class CompletedAnswersTest {
    private static final Duration TTL = Duration.ofSeconds(2);
    private static final String SUBNET = "127.0.104.";
    private static final String HUMIDITY = "humidity-provider";

    private final Registry shown = new Registry(System::nanoTime, Duration.ZERO);
    private final CloudMapRegistry registry = new CloudMapRegistry(new ToDns(), List.of(HUMIDITY));
    private final Set<String> called = ConcurrentHashMap.newKeySet();
    private final List<Server> servers = new ArrayList<>();
    private final MeshTimings timings = MeshTimings.forDnsTtl(TTL, Duration.ofSeconds(5));
    private final Fleet empty = new Fleet(
            (service, task, address) -> {
                throw new IOException("there are no tasks of the fleet here");
            },
            (service, address) -> {
                throw new IllegalStateException("nothing to probe");
            },
            registry,
            new NoTargets(),
            (subject, event) -> {},
            FleetRules.of(TTL, TTL, 1, Slowness.NONE),
            Clock.systemUTC());
    private DnsServer dns;
    private AwsServer api;
    private MeshChannels channels;
    private ManagedChannel channel;
    private int port;

    /** Whether DNS learns of new tasks. One that it does not can be found by the API only. */
    private boolean shownInDns = true;

    @BeforeEach
    void twelveTasks() throws IOException {
        System.setProperty("aws.region", "local");
        System.setProperty("aws.accessKeyId", "anybody");
        System.setProperty("aws.secretAccessKey", "anything");
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        dns = DnsServer.start(anyPort, new Responder(new Zone(shown, new Random(5), TTL, TTL), new Random(6)));
        api = AwsServer.start(anyPort, empty, registry, timings);
        for (int number = 1; number <= 12; number++) {
            startTask(number);
        }
        Environment environment = new Environment(Map.of(
                "MESH_DNS_SERVERS",
                "127.0.0.1:" + dns.address().getPort(),
                "MESH_ALLOWED_CIDR",
                "127.0.0.0/8",
                "MESH_CLOUD_MAP_API",
                "on",
                "MESH_CLOUD_MAP_ENDPOINT",
                "http://127.0.0.1:" + api.address().getPort()));
        channels = MeshChannels.from(environment, timings, MeshMeters.create());
        channel = channels.forTarget(
                "cloudmap:///" + HUMIDITY + ".weather-api:" + port, HealthGrpc.getServiceDescriptor());
    }

    @AfterEach
    void stop() throws IOException {
        channel.shutdownNow();
        servers.forEach(Server::shutdownNow);
        api.close();
        dns.close();
        empty.close();
        List.of("aws.region", "aws.accessKeyId", "aws.secretAccessKey").forEach(System::clearProperty);
    }

    @Test
    void theFirstResultHasAllTasksAndNotEight() {
        String name = HUMIDITY + ".weather-api";
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        !channels.knownTasks().getOrDefault(name, List.of()).isEmpty());
        assertThat(channels.knownTasks().get(name)).hasSize(12);
    }

    @Test
    void aThirteenthTaskOutsideTheDnsAnswerIsCalledAfterTheNextPoll() throws IOException {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            call();
            return called.size() == 12;
        });
        shownInDns = false;
        startTask(13);
        // The next poll, at the end of the TTL and its jitter; and more for a machine with much else to do.
        Duration noticed = TTL.plus(TTL.dividedBy(10));
        await().atMost(noticed.plusSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    call();
                    return called.contains(SUBNET + 13);
                });
        assertThat(called).hasSize(13);
    }

    private void call() {
        try {
            HealthGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(60, TimeUnit.SECONDS)
                    .check(HealthCheckRequest.getDefaultInstance());
        } catch (StatusRuntimeException e) {
            // Before the first tasks are known.
        }
    }

    private void startTask(int number) throws IOException {
        String address = SUBNET + number;
        HealthStatusManager health = new HealthStatusManager();
        health.setStatus(HealthGrpc.SERVICE_NAME, ServingStatus.SERVING);
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(address, port))
                .addService(ServerInterceptors.intercept(health.getHealthService(), new Noticed(address)))
                .build()
                .start();
        port = server.getPort();
        servers.add(server);
        registry.register(HUMIDITY, "humidity-provider-" + number, new InetSocketAddress(address, port));
    }

    /** Writes down who is called; the watching of health that the channel does by itself does not count. */
    private final class Noticed implements ServerInterceptor {
        private final String address;

        Noticed(String address) {
            this.address = address;
        }

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            if (call.getMethodDescriptor().equals(HealthGrpc.getCheckMethod())) {
                called.add(address);
            }
            return next.startCall(call, headers);
        }
    }

    private final class ToDns implements Registrar {
        @Override
        public void register(String service, String task, InetSocketAddress address) {
            if (!shownInDns) {
                return;
            }
            shown.register(new Instance(service, task, (Inet4Address) address.getAddress(), address.getPort(), true));
        }

        @Override
        public void deregister(String service, String task) {
            shown.deregister(service, task);
        }

        @Override
        public void health(String service, String task, boolean healthy) {
            shown.health(service, task, healthy);
        }
    }

    private record NoTargets() implements Targets {
        @Override
        public void add(InetSocketAddress target) {}

        @Override
        public CompletableFuture<Void> remove(InetSocketAddress target) {
            return CompletableFuture.completedFuture(null);
        }
    }
}
