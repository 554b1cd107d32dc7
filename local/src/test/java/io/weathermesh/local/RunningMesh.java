package io.weathermesh.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.weathermesh.local.twin.ControlClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A whole mesh of real processes, started as {@code weather up} does, and what its users see of it. Its addresses, its
 * ports and the folder where it writes are its own: a {@code weather up} of the same checkout is not affected.
 */
final class RunningMesh implements AutoCloseable {
    static final int DNS_PORT = 15_300;
    static final int AWS_PORT = 14_570;
    private static final int PORT = 18_080;

    // Guards against hanging: a start takes ten seconds, a response milliseconds.
    private static final Duration FIRST_ANSWER = Duration.ofMinutes(5);
    private static final Duration ALL_HEALTHY = Duration.ofMinutes(3);
    private static final int WARM_RESPONSES = 20;
    private static final Duration ANSWER = Duration.ofMinutes(1);
    private static final Duration END = Duration.ofMinutes(1);

    private final HttpClient client = HttpClient.newHttpClient();
    private Path home;
    private Path output;
    private Process up;
    private double nextLongitude = 10;

    /** Returns when the first answer has been given and every task is healthy. */
    void start() throws IOException {
        home = homeOfItsOwn();
        output = Files.createTempFile(home, "weather-up", ".log");
        up = CommandLineRun.process(
                        home,
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
            await().atMost(FIRST_ANSWER).until(() -> logged("responds after") || !up.isAlive());
            assertThat(logged("responds after")).isTrue();
            await().atMost(ALL_HEALTHY).until(() -> tasks().stream()
                    .allMatch(task -> task.get("health").getAsString().equals("HEALTHY")));
            // A gateway's first calls load classes, and may miss the deadline of a slow machine.
            await().atMost(ALL_HEALTHY).until(this::isWarm);
        } catch (RuntimeException | AssertionError e) {
            up.destroy();
            throw new AssertionError("up has not come up:\n" + Files.readString(output), e);
        }
    }

    /** The modules are those of the checkout; what is written is not. */
    private static Path homeOfItsOwn() throws IOException {
        Path home = Files.createTempDirectory("weather-home");
        try (Stream<Path> modules = Files.list(CommandLineRun.checkout())) {
            for (Path module : modules.filter(Files::isDirectory)
                    .filter(folder -> !folder.getFileName().toString().startsWith("."))
                    .toList()) {
                Files.createSymbolicLink(home.resolve(module.getFileName()), module);
            }
        }
        return home;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        up.destroy();
        assertThat(ends(END)).isTrue();
        // Links are not followed: the checkout stays.
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Whether it has ended by itself in that time. */
    boolean ends(Duration patience) throws InterruptedException {
        return up.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A command from another terminal, run to its end. */
    CommandLineRun run(String... arguments) throws IOException, InterruptedException {
        return CommandLineRun.of(home, arguments);
    }

    /** Whether it has printed a line with all of these words. */
    boolean logged(String... words) throws IOException {
        return Files.readString(output).lines().anyMatch(line -> Stream.of(words)
                .allMatch(line::contains));
    }

    /** As {@code ps --json} prints them, without a JVM for each look. */
    List<JsonObject> tasks() throws IOException {
        return StreamSupport.stream(
                        JsonParser.parseString(ControlClient.send(home, "ps", List.of())
                                        .output())
                                .getAsJsonArray()
                                .spliterator(),
                        false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    /** Empty when there is no such task any more. */
    String statusOf(String name) throws IOException {
        return tasks().stream()
                .filter(task -> task.get("task").getAsString().equals(name))
                .map(task -> task.get("status").getAsString())
                .findFirst()
                .orElse("");
    }

    /** As {@code kill -9} does, so that nothing knows of it but the operating system. */
    void kill(String name) throws IOException {
        long pid = tasks().stream()
                .filter(task -> task.get("task").getAsString().equals(name))
                .map(task -> task.get("pid").getAsLong())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no task " + name));
        kill(ProcessHandle.of(pid).orElseThrow());
    }

    static void kill(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Asks the load balancer. */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return get("127.0.0.1", PORT, path);
    }

    String adminPage(String address, String path) throws IOException, InterruptedException {
        return get(address, 9090, path).body();
    }

    private HttpResponse<String> get(String address, int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + ":" + port + path))
                .timeout(ANSWER)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Whether several responses in a row are complete. */
    private boolean isWarm() throws IOException, InterruptedException {
        for (int requests = 0; requests < WARM_RESPONSES; requests++) {
            if (!elsewhere().get("status").getAsString().equals("STATUS_COMPLETE")) {
                return false;
            }
        }
        return true;
    }

    /** The weather at a new place, which no cache has. */
    JsonObject elsewhere() throws IOException, InterruptedException {
        nextLongitude += 0.02;
        return json(get(String.format(Locale.ROOT, "/v1/weather?latitude=47&longitude=%.2f", nextLongitude)), 200);
    }

    /** How many times a task of the humidity-provider has answered. */
    double lookupsServedBy(String address) throws IOException, InterruptedException {
        return adminPage(address, "/metrics")
                .lines()
                .filter(line -> line.startsWith("mesh_server_calls_seconds_count") && line.contains("LookupHumidity\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    static JsonObject json(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    static String contentType(HttpResponse<String> response) {
        return response.headers().firstValue("content-type").orElse("");
    }
}
