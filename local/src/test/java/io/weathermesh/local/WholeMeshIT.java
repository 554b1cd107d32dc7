package io.weathermesh.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.weathermesh.local.fleet.ServiceDefinition;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;

/**
 * The walk of a newcomer, with real processes and real DNS: the steps depend on each other and run in order. Addresses
 * and ports are others than those of {@code weather up}, which may be running for somebody.
 */
@Tag("jdk")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WholeMeshIT {
    private static final int DNS_PORT = RunningMesh.DNS_PORT;

    /** A TTL with its jitter, the query, a connection: 2 s; the rest is for machines that do much else. */
    private static final Duration NOTICED = Duration.ofSeconds(30);

    private final RunningMesh mesh = new RunningMesh();

    @BeforeAll
    void start() throws IOException {
        mesh.start();
    }

    @AfterAll
    void stop() throws IOException, InterruptedException {
        mesh.close();
    }

    @Test
    @Order(1)
    void restAnswersCompleteForANameAndForCoordinates() throws Exception {
        JsonObject vienna = RunningMesh.json(mesh.get("/v1/weather/vienna"), 200);
        assertThat(vienna.get("status").getAsString()).isEqualTo("STATUS_COMPLETE");
        assertThat(vienna.getAsJsonObject("temperature")
                        .get("temperatureCelsius")
                        .getAsDouble())
                .isBetween(-40.0, 50.0);
        assertThat(vienna.getAsJsonObject("relativeHumidity")
                        .get("relativeHumidityPercent")
                        .getAsDouble())
                .isBetween(0.0, 100.0);
        assertThat(vienna.getAsJsonObject("derived").has("dewPointCelsius")).isTrue();
        JsonObject provenance = vienna.getAsJsonObject("temperature").getAsJsonObject("provenance");
        assertThat(provenance.keySet()).contains("source", "kind", "observeTime", "uncertainty");
        assertThat(RunningMesh.json(mesh.get("/v1/weather?latitude=-33.9&longitude=18.4"), 200)
                        .get("status")
                        .getAsString())
                .isEqualTo("STATUS_COMPLETE");
    }

    @Test
    @Order(2)
    void dnsHasOneAddressATask() throws Exception {
        await().untilAsserted(() -> assertThat(DirectClient.dns(DNS_PORT, "humidity-provider.weather-api."))
                .containsExactlyInAnyOrder("127.0.102.1", "127.0.102.2"));
        await().untilAsserted(() -> assertThat(DirectClient.dns(DNS_PORT, "temperature-provider.weather-api."))
                .containsExactlyInAnyOrder("127.0.101.1", "127.0.101.2"));
        await().untilAsserted(() -> assertThat(DirectClient.dns(DNS_PORT, "weather-aggregator.weather-api."))
                .containsExactly("127.0.103.1"));
    }

    @Test
    @Order(3)
    void everyTaskTellsItsHealthAndItsContract() throws Exception {
        for (String address : List.of("127.0.101.1", "127.0.102.1", "127.0.103.1")) {
            ManagedChannel channel = Grpc.newChannelBuilder(address + ":50051", InsecureChannelCredentials.create())
                    .build();
            try {
                assertThat(HealthGrpc.newBlockingStub(channel)
                                .withDeadlineAfter(20, TimeUnit.SECONDS)
                                .check(HealthCheckRequest.getDefaultInstance())
                                .getStatus())
                        .isEqualTo(ServingStatus.SERVING);
                assertThat(DirectClient.reflection(channel)).anyMatch(name -> name.startsWith("weather."));
            } finally {
                channel.shutdownNow();
            }
        }
    }

    @Test
    @Order(4)
    void aSecondTerminalSeesTheTasksAndGetsTheWeather() throws Exception {
        CommandLineRun ps = mesh.run("ps");
        assertThat(ps.output()).contains("humidity-provider-2", "127.0.102.2", "HEALTHY");
        CommandLineRun weather = mesh.run("get", "Vienna");
        assertThat(weather.exitCode()).isZero();
        assertThat(weather.output()).contains("Vienna", "temperature", "relative humidity", "dew point");
        assertThat(mesh.run("get", "Atlantis-on-Sea").exitCode()).isEqualTo(4);
        CommandLineRun again = mesh.run("up");
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.errors()).contains("it is up already");
    }

    @Test
    @Order(5)
    void theAwsApiScalesAServiceWhoseNewTaskGetsTraffic() throws Exception {
        try (EcsClient ecs = EcsClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .region(Region.of("local"))
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .endpointOverride(URI.create("http://127.0.0.1:" + RunningMesh.AWS_PORT))
                .build()) {
            ecs.updateService(
                    ask -> ask.cluster("weather").service("humidity-provider").desiredCount(3));
            await().until(() -> ecs.describeServices(ask -> ask.services("humidity-provider"))
                            .services()
                            .get(0)
                            .runningCount()
                    == 3);
        }
        await().pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(DirectClient.dns(DNS_PORT, "humidity-provider.weather-api."))
                        .containsExactlyInAnyOrder("127.0.102.1", "127.0.102.2", "127.0.102.3"));
        double before = mesh.lookupsServedBy("127.0.102.3");
        await().atMost(NOTICED).pollInterval(Duration.ofMillis(50)).until(() -> {
            mesh.elsewhere();
            return mesh.lookupsServedBy("127.0.102.3") > before;
        });
        assertThat(mesh.adminPage("127.0.103.1", "/topology"))
                .contains("humidity-provider.weather-api: 3 tasks (127.0.102.1 127.0.102.2 127.0.102.3)");
    }

    @Test
    @Order(6)
    void aTaskThatIsStoppedLeavesDnsAtOnceAnswersToTheEndAndIsReplaced() throws Exception {
        assertThat(mesh.run("stop", "humidity-3").exitCode()).isZero();
        await().atMost(NOTICED)
                .untilAsserted(() -> assertThat(DirectClient.dns(DNS_PORT, "humidity-provider.weather-api."))
                        .doesNotContain("127.0.102.3"));
        assertThat(mesh.statusOf("humidity-provider-3")).isEqualTo("STOPPING");
        // For the next step: the two take their time side by side, and no request may notice either.
        assertThat(mesh.run("deploy", "aggregator").exitCode()).isZero();
        // It leaves only after everybody has noticed: until then whoever still calls it gets answers.
        await().until(() -> {
            assertThat(mesh.elsewhere().get("status").getAsString()).isEqualTo("STATUS_COMPLETE");
            return mesh.statusOf("humidity-provider-3").isEmpty();
        });
        await().until(() ->
                DirectClient.dns(DNS_PORT, "humidity-provider.weather-api.").contains("127.0.102.4"));
        assertThat(mesh.run("logs", "127.0.102.4").output()).contains("humidity-provider");
    }

    @Test
    @Order(7)
    void aDeploymentOfTheGatewayDropsNoRequest() throws Exception {
        await().until(() -> {
            mesh.elsewhere();
            return mesh.told("weather-aggregator-1", "has stopped");
        });
        assertThat(mesh.statusOf("weather-aggregator-2")).isEqualTo("RUNNING");
    }

    @Test
    @Order(8)
    void whatIsDoneToTasksAndToDnsCanBeUndone() throws Exception {
        assertThat(mesh.run("freeze", "humidity-1").output()).contains("stands still");
        assertThat(mesh.run("thaw", "humidity-1").output()).contains("goes on");
        assertThat(mesh.run("slow", "temperature-1", "50").output()).contains("is slow by up to 50 ms");
        assertThat(mesh.elsewhere().get("status").getAsString()).isEqualTo("STATUS_COMPLETE");
        assertThat(mesh.run("thaw", "temperature-1").exitCode()).isZero();
        for (String mode : List.of("servfail", "late", "ok")) {
            List<String> words = new ArrayList<>(List.of("dns", mode));
            if (mode.equals("late")) {
                words.add("3");
            }
            assertThat(mesh.run(words.toArray(String[]::new)).exitCode()).isZero();
            assertThat(mesh.elsewhere().get("status").getAsString()).isEqualTo("STATUS_COMPLETE");
        }
        assertThat(mesh.run("kill", "dns").exitCode()).isZero();
        assertThat(mesh.elsewhere().get("status").getAsString()).isEqualTo("STATUS_COMPLETE");
        assertThat(mesh.run("dns", "ok").exitCode()).isZero();
        // Until it listens again, nobody is there to be asked.
        await().ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(DirectClient.dns(DNS_PORT, "temperature-provider.weather-api."))
                        .hasSize(2));
    }

    @Test
    @Order(9)
    void mistakesAreNamed() throws Exception {
        HttpResponse<String> unknown = mesh.get("/v1/weather/Viennna");
        RunningMesh.json(unknown, 404);
        assertThat(RunningMesh.contentType(unknown)).startsWith("application/problem+json");
        assertThat(unknown.body()).contains("Vienna");
        HttpResponse<String> wrong = mesh.get("/v1/weather?latitude=91&longitude=0");
        RunningMesh.json(wrong, 400);
        assertThat(wrong.body()).contains("latitude");
        assertThat(mesh.run("scale", "humidity", "x").exitCode()).isEqualTo(2);
        assertThat(mesh.run("stop", "humidity-99").exitCode()).isEqualTo(4);
    }

    @Test
    @Order(10)
    void withOneHumidityTaskKilledAnswersGoOnComplete() throws Exception {
        mesh.kill("humidity-provider-1");
        for (int i = 0; i < 30; i++) {
            assertThat(mesh.elsewhere().get("status").getAsString()).isEqualTo("STATUS_COMPLETE");
        }
        await().untilAsserted(() -> assertThat(DirectClient.dns(DNS_PORT, "humidity-provider.weather-api."))
                .containsExactlyInAnyOrder("127.0.102.2", "127.0.102.4"));
    }

    @Test
    @Order(11)
    void withAllHumidityTasksKilledAnswersArePartialAndTheTemperatureIsRight() throws Exception {
        mesh.kill("humidity-provider-2");
        mesh.kill("humidity-provider-4");
        JsonObject partial = mesh.elsewhere();
        assertThat(partial.get("status").getAsString()).isEqualTo("STATUS_PARTIAL");
        assertThat(partial.has("relativeHumidity")).isFalse();
        assertThat(partial.getAsJsonObject("temperature")
                        .get("temperatureCelsius")
                        .getAsDouble())
                .isEqualTo(DirectClient.celsius("127.0.101.1", partial));
        assertThat(partial.getAsJsonArray("problems").toString()).contains("humidity-provider");
    }

    @Test
    @Order(12)
    void withAllProvidersKilledTheAnswerIsTryAgainLater() throws Exception {
        List<String> providers = ServiceDefinition.PROVIDERS.stream()
                .map(ServiceDefinition::name)
                .toList();
        for (JsonObject task : mesh.tasks()) {
            if (providers.contains(task.get("service").getAsString())) {
                // Those that were killed above may still be listed.
                ProcessHandle.of(task.get("pid").getAsLong()).ifPresent(RunningMesh::kill);
            }
        }
        HttpResponse<String> unavailable = mesh.get("/v1/weather?latitude=1&longitude=10");
        RunningMesh.json(unavailable, 503);
        assertThat(RunningMesh.contentType(unavailable)).startsWith("application/problem+json");
        assertThat(unavailable.headers().firstValue("retry-after")).isPresent();
    }

    @Test
    @Order(13)
    void downLeavesNoProcess() throws Exception {
        List<Long> pids =
                mesh.tasks().stream().map(task -> task.get("pid").getAsLong()).toList();
        assertThat(mesh.run("down").exitCode()).isZero();
        assertThat(pids.stream().map(ProcessHandle::of))
                .allSatisfy(process ->
                        assertThat(process.filter(ProcessHandle::isAlive)).isEmpty());
        assertThat(mesh.ends(Duration.ofMinutes(1))).isTrue();
        assertThat(mesh.run("ps").exitCode()).isEqualTo(3);
    }
}
