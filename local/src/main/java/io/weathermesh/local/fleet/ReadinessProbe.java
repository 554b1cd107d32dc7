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

/** Asks a task behind the load balancer by HTTP what the load balancer asks: whether it has begun and does not leave. */
public final class ReadinessProbe implements HealthProbe {
    private final WebClient client;

    public ReadinessProbe(InetSocketAddress address) {
        this(address, TIMEOUT);
    }

    ReadinessProbe(InetSocketAddress address, Duration timeout) {
        // It would keep a process that wants to end for seconds.
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

    /** The connection is the library's, which closes it when it is idle. */
    @Override
    public void close() {}
}
