package io.weathermesh.local.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linecorp.armeria.common.HttpResponse;
import io.weathermesh.mesh.Environment;
import io.weathermesh.mesh.MeshTimings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With real sockets and a client of another house; what takes a minute in the deployment takes moments here. */
final class LoadBalancerTest {
    private static final Duration SOON = Duration.ofMinutes(1);

    private static final Duration DEREGISTRATION_DELAY = Duration.ofMillis(300);

    private LoadBalancer balancer = start("60s");
    private final Target one = new Target("one");
    private final Target other = new Target("other");
    private final HttpClient client = HttpClient.newHttpClient();

    /** @param idle how long a target may be silent */
    private static LoadBalancer start(String idle) {
        MeshTimings timings = MeshTimings.from(new Environment(Map.of(
                "MESH_CALL_DEADLINE",
                "100ms",
                "MESH_REQUEST_DEADLINE",
                "200ms",
                "MESH_LOAD_BALANCER_IDLE",
                idle,
                "MESH_DEREGISTRATION_DELAY",
                DEREGISTRATION_DELAY.toMillis() + "ms")));
        return LoadBalancer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), timings, Clock.systemUTC());
    }

    /** No target may be silent for longer than thirty beats of a stream. */
    private void allowThreeSecondsOfSilence() {
        balancer.close();
        balancer = start("3s");
    }

    @AfterEach
    void stop() {
        balancer.close();
        one.close();
        other.close();
    }

    @Test
    void requestsAreSharedByTheTargetsThatAreReady() {
        addBoth();
        await().until(() -> askedOf10().equals("one other"));
        other.ready = false;
        await().until(() -> askedOf10().equals("one"));
    }

    @Test
    void allTargetsGetRequestsIfNoneIsHealthy() {
        one.ready = false;
        other.ready = false;
        addBoth();
        assertThat(askedOf10()).isEqualTo("one other");
    }

    @Test
    void theLoadBalancerRespondsItselfWithoutATarget() {
        assertThat(status("/name")).isEqualTo(503);
        assertThat(body("/name")).contains("No task of the gateway is running.");
    }

    @Test
    void theClientIsAppendedToForwardedFor() {
        balancer.add(one.address());
        assertThat(body("/header/x-forwarded-for")).isEqualTo("127.0.0.1");
        assertThat(body("/header/x-forwarded-for", "X-Forwarded-For", "203.0.113.9, 10.0.0.1"))
                .isEqualTo("203.0.113.9, 10.0.0.1, 127.0.0.1");
        assertThat(body("/header/x-forwarded-proto")).isEqualTo("http");
        assertThat(body("/header/x-forwarded-port")).isEqualTo(Integer.toString(balancer.port()));
    }

    @Test
    void aTraceIdIsCreatedUnlessTheClientSentOne() {
        balancer.add(one.address());
        assertThat(body("/header/x-amzn-trace-id")).matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24}");
        String begun = "Root=1-67891233-abcdef012345678912345678";
        assertThat(body("/header/x-amzn-trace-id", "X-Amzn-Trace-Id", begun))
                .matches("Self=1-[0-9a-f]{8}-[0-9a-f]{24};" + begun);
    }

    /** The gateway accepts less, and refuses it with its own problem. */
    @Test
    void aRequestThatIsTooLongForTheGatewayIsForwarded() throws Exception {
        balancer.add(one.address());
        assertThat(statusOverHttp1("/name?long=" + "x".repeat(16_000), 0)).isEqualTo(200);
        assertThat(statusOverHttp1("/name", 4)).isEqualTo(200);
        assertThat(statusOverHttp1("/name?long=" + "x".repeat(17_000), 0)).isEqualTo(414);
    }

    /** The deployment's balancer speaks nothing else without TLS. */
    private int statusOverHttp1(String target, int longHeaders) throws Exception {
        HttpRequest.Builder request = request(target).version(HttpClient.Version.HTTP_1_1);
        for (int i = 0; i < longHeaders; i++) {
            request.header("Long-" + i, "x".repeat(15_000));
        }
        return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    @Test
    void aTargetThatDoesNotListenIsABadGateway() throws IOException {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            balancer.add(new InetSocketAddress(deaf.getInetAddress(), deaf.getLocalPort()));
        }
        assertThat(status("/name")).isEqualTo(502);
    }

    @Test
    void aTargetThatDoesNotRespondIsATimeout() {
        allowThreeSecondsOfSilence();
        balancer.add(one.address());
        assertThat(status("/late")).isEqualTo(504);
    }

    @Test
    void aStreamMayLastLongerThanTheIdleTimeout() {
        allowThreeSecondsOfSilence();
        balancer.add(one.address());
        assertThat(body("/stream/35")).isEqualTo(".".repeat(35));
    }

    @Test
    void anIdleStreamIsAborted() {
        allowThreeSecondsOfSilence();
        balancer.add(one.address());
        assertThat(ask("/stream/2")).failsWithin(SOON).withThrowableThat().withRootCauseInstanceOf(IOException.class);
    }

    @Test
    void aDeregisteredTargetFinishesItsRequestsAndGetsNoNewOnes() {
        balancer.add(one.address());
        CompletableFuture<java.net.http.HttpResponse<String>> inFlight = ask("/late");
        assertThat(one.lateBegan).succeedsWithin(SOON);
        balancer.add(other.address());
        CompletableFuture<Void> left = balancer.remove(one.address());
        assertThat(askedOf10()).isEqualTo("other");
        assertThat(one.late.complete(HttpResponse.of("finished"))).isTrue();
        assertThat(left).succeedsWithin(SOON);
        assertThat(inFlight).succeedsWithin(SOON).satisfies(answer -> assertThat(answer.body())
                .isEqualTo("finished"));
    }

    @Test
    void deregistrationEndsAfterItsDelay() {
        balancer.add(one.address());
        CompletableFuture<java.net.http.HttpResponse<String>> stream = ask("/stream/2");
        assertThat(one.streamBegan).succeedsWithin(SOON);
        long began = System.nanoTime();
        assertThat(balancer.remove(one.address())).succeedsWithin(SOON);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(DEREGISTRATION_DELAY);
        assertThat(stream).isNotDone();
        stream.cancel(true);
    }

    private void addBoth() {
        balancer.add(one.address());
        balancer.add(other.address());
    }

    /** The targets that responded to ten requests. */
    private String askedOf10() {
        TreeSet<String> names = new TreeSet<>();
        for (int i = 0; i < 10; i++) {
            names.add(body("/name"));
        }
        return String.join(" ", names);
    }

    private int status(String path) {
        return ask(path).join().statusCode();
    }

    private String body(String path, String... headers) {
        return ask(path, headers).join().body();
    }

    private CompletableFuture<java.net.http.HttpResponse<String>> ask(String path, String... headers) {
        HttpRequest.Builder request = request(path);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.sendAsync(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + balancer.port() + target))
                .timeout(SOON);
    }
}
