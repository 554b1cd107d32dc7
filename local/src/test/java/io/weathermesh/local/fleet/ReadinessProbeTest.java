package io.weathermesh.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.Server;
import io.weathermesh.aggregator.rest.GatewayNames;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class ReadinessProbeTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final AtomicReference<HttpResponse> answer = new AtomicReference<>();
    private final Server task = Server.builder()
            .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .service(GatewayNames.HEALTH_PATH, (ctx, request) -> answer.get())
            .build();

    @Test
    void onlyStatusServingIsHealthy() {
        task.start().join();
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), task.activeLocalPort());
        ReadinessProbe probe = new ReadinessProbe(address);
        answer.set(HttpResponse.of(HttpStatus.SERVICE_UNAVAILABLE));
        assertThat(probe.check()).succeedsWithin(SOON).isEqualTo(false);
        answer.set(HttpResponse.of(HttpStatus.OK));
        assertThat(probe.check()).succeedsWithin(SOON).isEqualTo(true);
        answer.set(HttpResponse.of(new CompletableFuture<>()));
        ReadinessProbe hasty = new ReadinessProbe(address, Duration.ofMillis(100));
        assertThat(hasty.check()).succeedsWithin(SOON).isEqualTo(false);
        // Not awaited: its end takes seconds.
        answer.set(HttpResponse.of(HttpStatus.OK));
        var unused = task.closeAsync();
        await().until(() -> !probe.check().join());
    }
}
