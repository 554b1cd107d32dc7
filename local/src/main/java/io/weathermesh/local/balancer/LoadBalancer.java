package io.weathermesh.local.balancer;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.Endpoint;
import com.linecorp.armeria.client.endpoint.healthcheck.HealthCheckedEndpointGroup;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.Server;
import io.weathermesh.aggregator.rest.GatewayNames;
import io.weathermesh.local.fleet.Targets;
import io.weathermesh.mesh.MeshTimings;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Distributes HTTP requests over the gateway's tasks as the Application Load Balancer does in the deployment. For one
 * machine only: no TLS, no rules, one listener.
 *
 * <p>Targets that are not healthy ({@link GatewayNames#HEALTH_PATH}) get nothing, unless none is: then all get requests, as there. A
 * target that leaves gets no new requests; its old ones may finish until the deregistration delay is over.
 */
public final class LoadBalancer implements Targets, AutoCloseable {
    /** The interval of health checks of an unhealthy target; the ALB is slower, but here a person waits. */
    private static final Duration RETRY = Duration.ofMillis(300);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** Bounds the memory that clients can use. */
    private static final int MAX_CONNECTIONS = 4_096;

    /** Quotas of the Application Load Balancer; the gateway refuses shorter ones itself, with its own problem. */
    private static final int MAX_REQUEST_LINE_BYTES = 16 * 1024;

    private static final int MAX_HEADER_BYTES = 64 * 1024;

    private final TargetGroup targets = new TargetGroup();
    private final RequestsInFlight inFlight = new RequestsInFlight();
    private final Duration deregistrationDelay;
    private final ClientFactory factory;
    private final HealthCheckedEndpointGroup ready;
    private final Server server;

    private LoadBalancer(InetSocketAddress address, MeshTimings timings, Clock clock) {
        // It delays the exit of the process by seconds.
        ClientFactory.disableShutdownHook();
        deregistrationDelay = timings.deregistrationDelay();
        factory = ClientFactory.builder()
                .connectTimeout(CONNECT_TIMEOUT)
                .idleTimeout(timings.loadBalancerIdle())
                .build();
        ready = HealthCheckedEndpointGroup.builder(targets, GatewayNames.HEALTH_PATH)
                .protocol(SessionProtocol.H1C)
                .clientFactory(factory)
                .useGet(true)
                .retryInterval(RETRY)
                .build();
        TraceId traceId = new TraceId(new SecureRandom(), clock);
        server = Server.builder()
                .http(address)
                .idleTimeout(timings.loadBalancerIdle())
                .requestTimeout(Duration.ZERO)
                .maxRequestLength(0)
                .http1MaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
                .http1MaxHeaderSize(MAX_HEADER_BYTES)
                .maxNumConnections(MAX_CONNECTIONS)
                .disableServerHeader()
                .disableDateHeader()
                .serviceUnder(
                        "/", new Forwarding(this::candidates, inFlight, traceId, factory, timings.loadBalancerIdle()))
                .build();
    }

    /**
     * Listens.
     *
     * @throws RuntimeException if the address is in use or does not exist
     */
    public static LoadBalancer start(InetSocketAddress address, MeshTimings timings, Clock clock) {
        LoadBalancer balancer = new LoadBalancer(address, timings, clock);
        balancer.server.start().join();
        return balancer;
    }

    int port() {
        return server.activeLocalPort();
    }

    private List<Endpoint> candidates() {
        List<Endpoint> all = targets.endpoints();
        // A target that was removed stays among the healthy ones for a moment.
        List<Endpoint> healthy =
                ready.endpoints().stream().filter(all::contains).toList();
        return healthy.isEmpty() ? all : healthy;
    }

    @Override
    public void add(InetSocketAddress target) {
        targets.add(endpoint(target));
    }

    @Override
    public CompletableFuture<Void> remove(InetSocketAddress target) {
        Endpoint endpoint = endpoint(target);
        targets.remove(endpoint);
        return inFlight.none(endpoint.authority())
                .completeOnTimeout(null, deregistrationDelay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Endpoint endpoint(InetSocketAddress target) {
        return Endpoint.of(target.getAddress().getHostAddress(), target.getPort());
    }

    /** Stops at once. */
    @Override
    public void close() {
        var unused = List.of(server.closeAsync(), ready.closeAsync(), factory.closeAsync());
    }
}
