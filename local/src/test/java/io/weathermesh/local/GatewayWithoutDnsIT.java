package io.weathermesh.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weathermesh.aggregator.rest.GatewayNames;
import io.weathermesh.local.fleet.JvmLauncher;
import io.weathermesh.local.fleet.OrphanReaper;
import io.weathermesh.local.fleet.ServiceDefinition;
import io.weathermesh.local.fleet.Slowness;
import io.weathermesh.local.fleet.TaskProcess;
import io.weathermesh.local.twin.NameServer;
import io.weathermesh.mesh.MeshNames;
import io.weathermesh.mesh.MeshTimings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that starts while DNS is down, although its providers run. Real processes, real DNS. */
class GatewayWithoutDnsIT {
    private static final InetSocketAddress DNS = new InetSocketAddress("127.0.140.1", 5_300);

    /** Away from the tasks of a system that is up. */
    private static final int SUBNETS = 140;

    private static final ServiceDefinition GATEWAY = ServiceDefinition.AGGREGATOR.movedBy(SUBNETS);

    /** The promise, from the first answer of DNS, on two free cores. */
    private static final Duration MAX_RECOVERY = Duration.ofSeconds(5);

    /** From the start of all three processes until the gateway is live, on two free cores. */
    private static final Duration USUAL_START = Duration.ofSeconds(4);

    private static final Duration GUARD = Duration.ofMinutes(5);

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path logs;

    @Test
    void theGatewayIsNotReadyWithoutDnsAndServesWhenDnsIsBack() throws Exception {
        try (OrphanReaper reaper = OrphanReaper.start()) {
            JvmLauncher launcher = new JvmLauncher(CommandLineRun.checkout(), logs, settings(), reaper);
            for (ServiceDefinition provider : ServiceDefinition.PROVIDERS) {
                start(launcher, provider.movedBy(SUBNETS));
            }
            TaskProcess gateway = start(launcher, GATEWAY);

            long start = System.nanoTime();
            await().atMost(GUARD).ignoreExceptions().until(() -> get("/livez").statusCode() == 200);
            Slowness slowness = Slowness.of(Duration.ofNanos(System.nanoTime() - start), USUAL_START);
            assertThat(get("/readyz").statusCode()).isEqualTo(503);
            HttpResponse<String> refused = get("/v1/weather/Vienna");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(refused.headers().firstValueAsLong("Retry-After")).isPresent();
            assertThat(gateway.exit()).isNotDone();

            try (NameServer dns =
                    new NameServer(launcher, DNS, Duration.ZERO, (subject, event) -> {}, Clock.systemUTC())) {
                for (ServiceDefinition provider : ServiceDefinition.PROVIDERS) {
                    dns.register(
                            provider.name(),
                            "task-1",
                            new InetSocketAddress(provider.movedBy(SUBNETS).addressOf(1), MeshNames.GRPC_PORT));
                }
                dns.start();
                dns.awaitReady();
                await().atMost(slowness.stretch(MAX_RECOVERY))
                        .until(() -> get("/v1/weather/Vienna").body().contains("STATUS_COMPLETE"));
                assertThat(get("/readyz").statusCode()).isEqualTo(200);
            }
        }
    }

    private static TaskProcess start(JvmLauncher launcher, ServiceDefinition service) throws IOException {
        return launcher.launch(service, service.name(), service.addressOf(1));
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(MeshTimings.forDnsTtl(Duration.ofSeconds(5), Duration.ofSeconds(5))
                .toEnvironment());
        settings.put("MESH_ALLOWED_CIDR", "127.0.0.0/8");
        settings.put("MESH_DNS_SERVERS", DNS.getHostString() + ":" + DNS.getPort());
        return settings;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        String host = GATEWAY.addressOf(1).getHostAddress();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + host + ":" + GatewayNames.HTTP_PORT + path))
                .timeout(Duration.ofMinutes(1))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
