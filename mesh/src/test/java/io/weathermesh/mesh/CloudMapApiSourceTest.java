package io.weathermesh.mesh;

import static io.weathermesh.mesh.ScriptedSource.all;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.weathermesh.mesh.Lookup.Failed;
import io.weathermesh.mesh.Lookup.Found;
import io.weathermesh.mesh.Lookup.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;

/** The real SDK against a stand-in for the API on loopback. */
@Tag("jdk")
final class CloudMapApiSourceTest {
    private final List<String> requests = new ArrayList<>();
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
            requests.add(exchange.getRequestHeaders().getFirst("X-Amz-Target") + " "
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

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8081", "localhost/x", "ftp://127.0.0.1", "http://a b"})
    void anEndpointThatIsNoUrlIsRefusedWithItsSetting(String endpoint) {
        Environment environment = new Environment(Map.of("MESH_CLOUD_MAP_ENDPOINT", endpoint));

        assertThatThrownBy(() -> CloudMapApiSource.client(environment, SampleCompletion.API_TIME))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("MESH_CLOUD_MAP_ENDPOINT is '" + endpoint
                        + "', but must be a URL such as http://127.0.0.1:8081");
    }

    @AfterEach
    void stop() {
        client.close();
        api.stop(0);
    }

    @Test
    void aPollReturnsAllInstancesWithTheirZones() throws Exception {
        answer = """
                {"Instances": [
                  {"InstanceId": "a", "Attributes": {"AWS_INSTANCE_IPV4": "10.0.0.1", "AVAILABILITY_ZONE": "eu-central-1a"}},
                  {"InstanceId": "b", "Attributes": {"AWS_INSTANCE_IPV4": "10.0.0.2"}},
                  {"InstanceId": "c", "Attributes": {"AWS_INSTANCE_CNAME": "elsewhere"}}]}""";

        Lookup lookup = poll(source);
        assertThat(lookup).isEqualTo(all(0, "10.0.0.1", "10.0.0.2"));
        assertThat(((Found) lookup).tasks()).extracting(TaskAddress::zone).containsExactly("eu-central-1a", "");
        assertThat(requests)
                .singleElement()
                .asString()
                .contains("DiscoverInstances")
                .contains("\"NamespaceName\":\"weather-api\"")
                .contains("\"ServiceName\":\"humidity-provider\"")
                .contains("\"MaxResults\":1000");
    }

    @Test
    void anErrorOfTheApiIsAFailure() throws Exception {
        status = 400;
        answer = "{\"__type\": \"ServiceNotFound\", \"message\": \"no such service\"}";

        assertThat(poll(source)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(Reason.API);
            assertThat(failed.detail()).contains("no such service");
        });
    }

    private static Lookup poll(AddressSource source) throws Exception {
        return source.poll().toCompletableFuture().get();
    }
}
