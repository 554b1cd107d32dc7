package io.weathermesh.local.trials.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weathermesh.aggregator.rest.GatewayNames;
import io.weathermesh.local.dns.CloudMapDns;
import io.weathermesh.local.fleet.ServiceDefinition;
import io.weathermesh.local.fleet.Slowness;
import io.weathermesh.local.trials.compare.Children.Output;
import io.weathermesh.mesh.MeshNames;
import io.weathermesh.mesh.MeshTimings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that starts in a bad hour: its providers run, and nobody can tell it where. Real processes, real DNS. */
class GatewayWithoutDnsIT {
    private static final String DNS = "127.0.140.1:5300";

    /** Away from the tasks of a system that is up. */
    private static final int SUBNETS = 140;

    private static final String GATEWAY = addressOf(ServiceDefinition.AGGREGATOR);

    /** What is promised, after DNS answers again, on a machine that is as fast as usual. */
    private static final Duration SERVES_AFTER = Duration.ofSeconds(5);

    /** What all three take from their start until the gateway lives, on two free cores. */
    private static final Duration USUAL_START = Duration.ofSeconds(4);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> timings =
            MeshTimings.forDnsTtl(Duration.ofSeconds(5), Duration.ofSeconds(5)).toEnvironment();

    @TempDir
    private Path logs;

    @Test
    void aGatewayStaysSaysItIsNotReadyAndServesWhenDnsIsBack() throws Exception {
        Path home = Path.of(System.getProperty("weather.home", ".."))
                .toAbsolutePath()
                .normalize();
        try (Children children = new Children(home, logs)) {
            for (ServiceDefinition provider : ServiceDefinition.PROVIDERS) {
                start(children, provider);
            }
            Process gateway = start(children, ServiceDefinition.AGGREGATOR);
            long began = System.nanoTime();
            await().ignoreExceptions().until(() -> get("/livez").statusCode() == 200);
            Slowness slowness = Slowness.of(Duration.ofNanos(System.nanoTime() - began), USUAL_START);
            assertThat(get("/readyz").statusCode()).isEqualTo(503);
            HttpResponse<String> refused = get("/v1/weather/Vienna");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(refused.headers().firstValueAsLong("Retry-After")).isPresent();
            assertThat(gateway.isAlive()).isTrue();

            Map<String, String> settings = new HashMap<>(timings);
            settings.put(CloudMapDns.ADDRESS, DNS);
            ChildProcess dns = new ChildProcess(children.startOwn("dns", CloudMapDns.class, List.of(), settings));
            ServiceDefinition.PROVIDERS.forEach(provider -> dns.say(
                    "register " + provider.name() + " task-1 " + addressOf(provider) + " " + MeshNames.GRPC_PORT));
            dns.await("ready");
            await().atMost(slowness.stretch(SERVES_AFTER))
                    .until(() -> get("/v1/weather/Vienna").body().contains("STATUS_COMPLETE"));
            assertThat(get("/readyz").statusCode()).isEqualTo(200);
        }
    }

    private static String addressOf(ServiceDefinition service) {
        return service.movedBy(SUBNETS).addressOf(1).getHostAddress();
    }

    private Process start(Children children, ServiceDefinition service) throws IOException {
        Map<String, String> settings = new HashMap<>(timings);
        settings.put("MESH_BIND_ADDRESS", addressOf(service));
        settings.put("MESH_ALLOWED_CIDR", "127.0.0.0/8");
        settings.put("MESH_DNS_SERVERS", DNS);
        List<String> command = children.commandOf(service.module(), service.mainClass());
        return children.start(service.module(), command, settings, Output.TO_LOG);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + GATEWAY + ":" + GatewayNames.HTTP_PORT + path))
                .timeout(Duration.ofMinutes(1))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
