package io.weathermesh.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.weathermesh.local.fleet.ServiceDefinition;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
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
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WholeMeshIT {
    private static final int PORT = 18_080;
    private static final int DNS_PORT = 15_300;
    private static final int AWS_PORT = 14_570;

    /** A TTL with its jitter, the look-up, a connection; and as much again for machines that do much else. */
    private static final Duration NOTICED = Duration.ofSeconds(4);

    private final HttpClient client = HttpClient.newHttpClient();
    private Process up;
    private Path output;
    private double nextLongitude = 10;

    @BeforeAll
    void start() throws IOException {
        // Generous, for machines that do much else at the same time.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
        output = Files.createTempFile("weather-up", ".log");
        up = CommandLineRun.process(
                        "up",
                        "--ttl=1",
                        "--subnet=101",
                        "--replace-after=600",
                        "--port=" + PORT,
                        "--dns-port=" + DNS_PORT,
                        "--aws-port=" + AWS_PORT)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            await().atMost(Duration.ofSeconds(150)).until(() -> told("answers after") || !up.isAlive());
            assertThat(told("answers after")).isTrue();
            await().atMost(Duration.ofSeconds(60)).until(this::everyTaskIsHealthy);
        } catch (RuntimeException | AssertionError e) {
            up.destroy();
            throw new AssertionError("up has not come up:\n" + Files.readString(output), e);
        }
    }

    @AfterAll
    void stop() throws IOException, InterruptedException {
        up.destroy();
        assertThat(up.waitFor(10, TimeUnit.SECONDS)).isTrue();
        Files.delete(output);
    }

    @Test
    @Order(1)
    void restAnswersCompleteForANameAndForCoordinates() throws Exception {
        JsonObject vienna = json(get("/v1/weather/vienna"), 200);
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
        assertThat(json(get("/v1/weather?latitude=-33.9&longitude=18.4"), 200)
                        .get("status")
                        .getAsString())
                .isEqualTo("STATUS_COMPLETE");
    }

    @Test
    @Order(2)
    void dnsHasOneAddressATask() throws Exception {
        await().untilAsserted(() -> assertThat(Asked.dns(DNS_PORT, "humidity-provider.weather-api."))
                .containsExactlyInAnyOrder("127.0.102.1", "127.0.102.2"));
        assertThat(Asked.dns(DNS_PORT, "temperature-provider.weather-api."))
                .containsExactlyInAnyOrder("127.0.101.1", "127.0.101.2");
        assertThat(Asked.dns(DNS_PORT, "weather-aggregator.weather-api.")).containsExactly("127.0.103.1");
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
                assertThat(Asked.reflection(channel)).anyMatch(name -> name.startsWith("weather."));
            } finally {
                channel.shutdownNow();
            }
        }
    }

    @Test
    @Order(4)
    void aSecondTerminalSeesTheTasksAndGetsTheWeather() throws Exception {
        CommandLineRun ps = CommandLineRun.of("ps");
        assertThat(ps.output()).contains("humidity-provider-2", "127.0.102.2", "HEALTHY");
        CommandLineRun weather = CommandLineRun.of("get", "Vienna");
        assertThat(weather.exitCode()).isZero();
        assertThat(weather.output()).contains("Vienna", "temperature", "relative humidity", "dew point");
        assertThat(CommandLineRun.of("get", "Atlantis-on-Sea").exitCode()).isEqualTo(4);
        CommandLineRun again = CommandLineRun.of("up");
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
                .endpointOverride(URI.create("http://127.0.0.1:" + AWS_PORT))
                .build()) {
            ecs.updateService(
                    ask -> ask.cluster("weather").service("humidity-provider").desiredCount(3));
            await().atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> ecs.describeServices(ask -> ask.services("humidity-provider"))
                                    .services()
                                    .get(0)
                                    .runningCount()
                            == 3);
        }
        await().pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(Asked.dns(DNS_PORT, "humidity-provider.weather-api."))
                        .containsExactlyInAnyOrder("127.0.102.1", "127.0.102.2", "127.0.102.3"));
        double before = lookupsServedBy("127.0.102.3");
        await().atMost(NOTICED).pollInterval(Duration.ofMillis(50)).until(() -> {
            elsewhere();
            return lookupsServedBy("127.0.102.3") > before;
        });
        assertThat(adminPage("127.0.103.1", "/topology"))
                .contains("humidity-provider.weather-api: 3 tasks (127.0.102.1 127.0.102.2 127.0.102.3)");
    }

    @Test
    @Order(6)
    void aTaskThatIsStoppedLeavesDnsAtOnceAnswersToTheEndAndIsReplaced() throws Exception {
        assertThat(CommandLineRun.of("stop", "humidity-3").exitCode()).isZero();
        await().atMost(NOTICED).untilAsserted(() -> assertThat(Asked.dns(DNS_PORT, "humidity-provider.weather-api."))
                .doesNotContain("127.0.102.3"));
        assertThat(statusOf("humidity-provider-3")).isEqualTo("STOPPING");
        // It leaves only after everybody has noticed: until then whoever still calls it gets answers.
        await().atMost(Duration.ofSeconds(90)).until(() -> {
            assertThat(elsewhere().get("status").getAsString()).isEqualTo("STATUS_COMPLETE");
            return statusOf("humidity-provider-3").isEmpty();
        });
        await().until(() ->
                Asked.dns(DNS_PORT, "humidity-provider.weather-api.").contains("127.0.102.4"));
        assertThat(CommandLineRun.of("logs", "127.0.102.4").output()).contains("humidity-provider");
    }

    @Test
    @Order(7)
    void aDeploymentOfTheGatewayDropsNoRequest() throws Exception {
        assertThat(CommandLineRun.of("deploy", "aggregator").exitCode()).isZero();
        await().atMost(Duration.ofSeconds(120))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    elsewhere();
                    return told("weather-aggregator-1", "has stopped");
                });
        assertThat(statusOf("weather-aggregator-2")).isEqualTo("RUNNING");
    }

    @Test
    @Order(8)
    void whatIsDoneToTasksAndToDnsCanBeUndone() throws Exception {
        assertThat(CommandLineRun.of("freeze", "humidity-1").output()).contains("stands still");
        assertThat(CommandLineRun.of("thaw", "humidity-1").output()).contains("goes on");
        assertThat(CommandLineRun.of("slow", "temperature-1", "50").output()).contains("is slow by up to 50 ms");
        assertThat(elsewhere().get("status").getAsString()).isEqualTo("STATUS_COMPLETE");
        assertThat(CommandLineRun.of("thaw", "temperature-1").exitCode()).isZero();
        for (String mode : List.of("servfail", "late", "ok")) {
            List<String> words = new ArrayList<>(List.of("dns", mode));
            if (mode.equals("late")) {
                words.add("3");
            }
            assertThat(CommandLineRun.of(words.toArray(String[]::new)).exitCode())
                    .isZero();
            assertThat(elsewhere().get("status").getAsString()).isEqualTo("STATUS_COMPLETE");
        }
        assertThat(CommandLineRun.of("kill", "dns").exitCode()).isZero();
        assertThat(elsewhere().get("status").getAsString()).isEqualTo("STATUS_COMPLETE");
        assertThat(CommandLineRun.of("dns", "ok").exitCode()).isZero();
        // Until it listens again, nobody is there to be asked.
        await().ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(Asked.dns(DNS_PORT, "temperature-provider.weather-api."))
                        .hasSize(2));
    }

    @Test
    @Order(9)
    void mistakesAreNamed() throws Exception {
        HttpResponse<String> unknown = get("/v1/weather/Viennna");
        json(unknown, 404);
        assertThat(contentType(unknown)).startsWith("application/problem+json");
        assertThat(unknown.body()).contains("Vienna");
        HttpResponse<String> wrong = get("/v1/weather?latitude=91&longitude=0");
        json(wrong, 400);
        assertThat(wrong.body()).contains("latitude");
        assertThat(CommandLineRun.of("scale", "humidity", "x").exitCode()).isEqualTo(2);
        assertThat(CommandLineRun.of("stop", "humidity-99").exitCode()).isEqualTo(4);
    }

    @Test
    @Order(10)
    void withOneHumidityTaskKilledAnswersGoOnComplete() throws Exception {
        kill("humidity-provider-1");
        for (int i = 0; i < 30; i++) {
            assertThat(elsewhere().get("status").getAsString()).isEqualTo("STATUS_COMPLETE");
        }
        await().untilAsserted(() -> assertThat(Asked.dns(DNS_PORT, "humidity-provider.weather-api."))
                .containsExactlyInAnyOrder("127.0.102.2", "127.0.102.4"));
    }

    @Test
    @Order(11)
    void withAllHumidityTasksKilledAnswersArePartialAndTheTemperatureIsRight() throws Exception {
        kill("humidity-provider-2");
        kill("humidity-provider-4");
        JsonObject partial = elsewhere();
        assertThat(partial.get("status").getAsString()).isEqualTo("STATUS_PARTIAL");
        assertThat(partial.has("relativeHumidity")).isFalse();
        assertThat(partial.getAsJsonObject("temperature").has("temperatureCelsius"))
                .isTrue();
        assertThat(partial.getAsJsonArray("problems").toString()).contains("humidity-provider");
    }

    @Test
    @Order(12)
    void withAllProvidersKilledTheAnswerIsTryAgainLater() throws Exception {
        List<String> providers = ServiceDefinition.PROVIDERS.stream()
                .map(ServiceDefinition::name)
                .toList();
        for (JsonElement element : tasks()) {
            JsonObject task = element.getAsJsonObject();
            if (providers.contains(task.get("service").getAsString())) {
                // Those that were killed above may still be listed.
                ProcessHandle.of(task.get("pid").getAsLong()).ifPresent(WholeMeshIT::kill);
            }
        }
        HttpResponse<String> unavailable = get("/v1/weather?latitude=1&longitude=10");
        json(unavailable, 503);
        assertThat(contentType(unavailable)).startsWith("application/problem+json");
        assertThat(unavailable.headers().firstValue("retry-after")).isPresent();
    }

    @Test
    @Order(13)
    void downLeavesNoProcess() throws Exception {
        List<Long> pids = StreamSupport.stream(tasks().spliterator(), false)
                .map(task -> task.getAsJsonObject().get("pid").getAsLong())
                .toList();
        assertThat(CommandLineRun.of("down").exitCode()).isZero();
        assertThat(pids.stream().map(ProcessHandle::of))
                .allSatisfy(process ->
                        assertThat(process.filter(ProcessHandle::isAlive)).isEmpty());
        assertThat(up.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(CommandLineRun.of("ps").exitCode()).isEqualTo(3);
    }

    private boolean told(String... words) throws IOException {
        return Files.readString(output).lines().anyMatch(line -> Stream.of(words)
                .allMatch(line::contains));
    }

    private Iterable<JsonElement> tasks() throws IOException, InterruptedException {
        return JsonParser.parseString(CommandLineRun.of("ps", "--json").output())
                .getAsJsonArray();
    }

    private boolean everyTaskIsHealthy() throws IOException, InterruptedException {
        return StreamSupport.stream(tasks().spliterator(), false)
                .allMatch(task ->
                        task.getAsJsonObject().get("health").getAsString().equals("HEALTHY"));
    }

    /** Empty when there is no such task any more. */
    private String statusOf(String task) throws IOException, InterruptedException {
        return StreamSupport.stream(tasks().spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .filter(row -> row.get("task").getAsString().equals(task))
                .map(row -> row.get("status").getAsString())
                .findFirst()
                .orElse("");
    }

    /** As {@code kill -9} does, so that nothing knows of it but the operating system. */
    private void kill(String task) throws IOException, InterruptedException {
        for (JsonElement element : tasks()) {
            if (element.getAsJsonObject().get("task").getAsString().equals(task)) {
                kill(ProcessHandle.of(element.getAsJsonObject().get("pid").getAsLong())
                        .orElseThrow());
                return;
            }
        }
        throw new AssertionError("no task " + task);
    }

    private static void kill(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** The weather at a place that nobody has asked for before: no cache can know it. */
    private JsonObject elsewhere() throws IOException, InterruptedException {
        nextLongitude += 0.02;
        return json(get(String.format(Locale.ROOT, "/v1/weather?latitude=47&longitude=%.2f", nextLongitude)), 200);
    }

    /** How many times a task of the humidity-provider has answered. */
    private double lookupsServedBy(String address) throws IOException, InterruptedException {
        return adminPage(address, "/metrics")
                .lines()
                .filter(line -> line.startsWith("mesh_server_calls_seconds_count") && line.contains("LookupHumidity\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private String adminPage(String address, String path) throws IOException, InterruptedException {
        HttpRequest page = HttpRequest.newBuilder(URI.create("http://" + address + ":9090" + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return client.send(page, HttpResponse.BodyHandlers.ofString()).body();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonObject json(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    private static String contentType(HttpResponse<String> response) {
        return response.headers().firstValue("content-type").orElse("");
    }
}
