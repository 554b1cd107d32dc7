package io.weathermesh.local.fleet;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.Endpoint;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.SessionProtocol;
import io.weathermesh.aggregator.rest.GatewayNames;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Checks a target of the load balancer with the load balancer's own health check. */
public final class ReadinessProbe implements HealthProbe {
    private final WebClient client;

    public ReadinessProbe(InetSocketAddress address) {
        this(address, TIMEOUT);
    }

    ReadinessProbe(InetSocketAddress address, Duration timeout) {
        // It delays the exit of the process by seconds.
        ClientFactory.disableShutdownHook();
        Endpoint task = Endpoint.of(address.getAddress().getHostAddress(), address.getPort());
        client = WebClient.builder(SessionProtocol.H1C, task)
                .responseTimeout(timeout)
                .build();
    }

    @Override
    public CompletableFuture<Boolean> check() {
        return client.get(GatewayNames.HEALTH_PATH)
                .aggregate()
                .handle((answer, failure) -> failure == null && answer.status().equals(HttpStatus.OK));
    }

    /** The library closes the idle connection. */
    @Override
    public void close() {}
}
