package io.weathermesh.mesh;

import static io.weathermesh.mesh.ScriptedSource.all;
import static io.weathermesh.mesh.ScriptedSource.fails;
import static io.weathermesh.mesh.ScriptedSource.sample;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weathermesh.mesh.Lookup.Failed;
import io.weathermesh.mesh.Lookup.Found;
import io.weathermesh.mesh.Lookup.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;

/** The real SDK against a stand-in for the API on loopback that answers as it is told. */
final class CloudMapApiSourceTest {
    private final List<String> asked = new ArrayList<>();
    private final HttpServer api = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    private final ServiceDiscoveryClient client = ServiceDiscoveryClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
            .endpointOverride(URI.create("http://127.0.0.1:" + api.getAddress().getPort()))
            .overrideConfiguration(
                    limits -> limits.putAdvancedOption(SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true))
            .build();
    private final CloudMapApiSource source =
            new CloudMapApiSource("humidity-provider.weather-api", client, Runnable::run);
    private int status = 200;
    private String answer = "{}";

    CloudMapApiSourceTest() throws IOException {
        api.createContext("/", exchange -> {
            asked.add(exchange.getRequestHeaders().getFirst("X-Amz-Target") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(status, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        api.start();
    }

    @AfterEach
    void stop() {
        client.close();
        api.stop(0);
    }

    @Test
    void tellsAllInstancesWithTheirZones() throws Exception {
        answer = """
                {"Instances": [
                  {"InstanceId": "a", "Attributes": {"AWS_INSTANCE_IPV4": "10.0.0.1", "AVAILABILITY_ZONE": "eu-central-1a"}},
                  {"InstanceId": "b", "Attributes": {"AWS_INSTANCE_IPV4": "10.0.0.2"}},
                  {"InstanceId": "c", "Attributes": {"AWS_INSTANCE_CNAME": "elsewhere"}}]}""";

        assertThat(poll(source))
                .isEqualTo(new Found(
                        List.of(
                                new TaskAddress(TaskAddress.of("10.0.0.1").ip(), "eu-central-1a"),
                                TaskAddress.of("10.0.0.2")),
                        true,
                        Duration.ZERO));
        assertThat(asked)
                .singleElement()
                .asString()
                .contains("DiscoverInstances")
                .contains("\"NamespaceName\":\"weather-api\"")
                .contains("\"ServiceName\":\"humidity-provider\"")
                .contains("\"MaxResults\":1000");
    }

    @Test
    void whatTheApiRefusesIsAFailure() throws Exception {
        status = 400;
        answer = "{\"__type\": \"ServiceNotFound\", \"message\": \"no such service\"}";

        assertThat(poll(source)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(Reason.API);
            assertThat(failed.detail()).contains("no such service");
        });
    }

    @Test
    void completesASampleAndNothingElse() throws Exception {
        HandMovedTime time = new HandMovedTime();
        ScriptedSource dns = new ScriptedSource(time);
        ScriptedSource complete = new ScriptedSource(time).says(all(0, "10.0.0.1", "10.0.0.2", "10.0.0.3"));
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        CompletingSource completing = new CompletingSource(
                "echo.test", dns, complete, new DiscoveryMeters("echo.test", registry, time::nanos));

        dns.says(all(5, "10.0.0.1"));
        assertThat(poll(completing)).isEqualTo(all(5, "10.0.0.1"));
        assertThat(complete.polls()).isEmpty();

        dns.says(sample(5, "10.0.0.1"));
        assertThat(poll(completing)).isEqualTo(all(5, "10.0.0.1", "10.0.0.2", "10.0.0.3"));

        complete.says(fails(Reason.API));
        assertThat(poll(completing)).isEqualTo(sample(5, "10.0.0.1"));

        complete.waits();
        assertThat(poll(completing)).isEqualTo(sample(5, "10.0.0.1"));
        assertThat(registry.counter("mesh.discovery.failures", "name", "echo.test", "reason", "API")
                        .count())
                .isEqualTo(2);
    }

    private static Lookup poll(AddressSource source) throws Exception {
        return source.poll().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
