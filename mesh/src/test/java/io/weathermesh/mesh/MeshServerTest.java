package io.weathermesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.gson.JsonParser;
import com.google.rpc.RetryInfo;
import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.StatusProto;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("jdk")
final class MeshServerTest {
    private static final int MAX_CALLS = 2;
    private static final int MAX_STREAMS = 3;
    private static final int MAX_CONNECTIONS = 5;

    private final BlockingQueue<StreamObserver<String>> held = new LinkedBlockingQueue<>();
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final MeshMeters meters = MeshMeters.create();
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final MeshServer server;

    MeshServerTest() throws Exception {
        MeshServerConfig config = new MeshServerConfig(
                InetAddress.getByName("127.0.0.1"), 0, 0, MAX_CALLS, MAX_STREAMS, MAX_CONNECTIONS, 1024, 1024);
        server = MeshServer.builder("echo", config, MeshTimings.defaults())
                .service(Echo.service(this::answer))
                .meters(meters)
                .page("/hello", "text/html", () -> "<p>hello</p>")
                .build();
        server.start();
    }

    private void answer(String request, StreamObserver<String> answer) {
        if (request.equals("hold")) {
            ((ServerCallStreamObserver<String>) answer).setOnCancelHandler(cancelled::countDown);
            held.add(answer);
        } else {
            answer.onNext(request);
            answer.onCompleted();
        }
    }

    private ManagedChannel channel() {
        ManagedChannel channel = Grpc.newChannelBuilder(
                        "127.0.0.1:" + server.grpcPort(), InsecureChannelCredentials.create())
                .build();
        channels.add(channel);
        return channel;
    }

    @AfterEach
    void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        server.close();
    }

    @Test
    void aServerReportsItsHealthAsAWholeAndByService() {
        ManagedChannel channel = channel();

        assertThat(health(channel, "")).isEqualTo(ServingStatus.SERVING);
        assertThat(health(channel, Echo.SERVICE)).isEqualTo(ServingStatus.SERVING);
        assertThatThrownBy(() -> health(channel, "stranger.v1.StrangerService")).hasMessageContaining("NOT_FOUND");
    }

    private static ServingStatus health(ManagedChannel channel, String service) {
        return HealthGrpc.newBlockingStub(channel)
                .check(HealthCheckRequest.newBuilder().setService(service).build())
                .getStatus();
    }

    @Test
    void reflectionListsTheServices() throws Exception {
        ServerReflectionResponse answer =
                reflect(ServerReflectionRequest.newBuilder().setListServices("").build());

        assertThat(answer.getListServicesResponse().getServiceList())
                .extracting(service -> service.getName())
                .containsExactlyInAnyOrder(
                        "grpc.health.v1.Health",
                        "grpc.reflection.v1.ServerReflection",
                        "grpc.reflection.v1alpha.ServerReflection");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "google.rpc.BadRequest",
                "google.rpc.ErrorInfo",
                "google.rpc.RetryInfo",
                "grpc.reflection.v1.ServerReflection"
            })
    void reflectionDescribesItsOwnTypesAndThoseOfErrorDetails(String symbol) throws Exception {
        ServerReflectionResponse answer = reflect(ServerReflectionRequest.newBuilder()
                .setFileContainingSymbol(symbol)
                .build());

        assertThat(answer.hasErrorResponse()).as(answer.toString()).isFalse();
        assertThat(answer.getFileDescriptorResponse().getFileDescriptorProtoCount())
                .isPositive();
    }

    private ServerReflectionResponse reflect(ServerReflectionRequest question) throws Exception {
        CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> questions = ServerReflectionGrpc.newStub(channel())
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        answer.complete(response);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        answer.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {}
                });
        questions.onNext(question);
        return answer.get();
    }

    @Test
    void callsAboveTheLimitAreRefusedWithARetryDelay() throws Exception {
        ManagedChannel channel = channel();
        List<ListenableFuture<String>> calls = new ArrayList<>();
        for (int i = 0; i < MAX_CALLS; i++) {
            calls.add(ClientCalls.futureUnaryCall(channel.newCall(Echo.LOOKUP, CallOptions.DEFAULT), "hold"));
        }
        List<StreamObserver<String>> answers = List.of(held.take(), held.take());

        assertThatThrownBy(() -> Echo.lookup(channel, "one more"))
                .isInstanceOfSatisfying(StatusRuntimeException.class, refusal -> {
                    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                    com.google.rpc.Status details = StatusProto.fromThrowable(refusal);
                    assertThat(details.getDetails(0).is(RetryInfo.class)).isTrue();
                });
        assertThat(health(channel, "")).isEqualTo(ServingStatus.SERVING);

        for (StreamObserver<String> answer : answers) {
            answer.onNext("done");
            answer.onCompleted();
        }
        for (ListenableFuture<String> call : calls) {
            assertThat(call.get()).isEqualTo("done");
        }
        // A call is in flight until all is done for it, which may be a moment after its answer.
        while (meters.registry().get("mesh.server.calls.in.flight").gauge().value() > 0) {
            Thread.onSpinWait();
        }
        assertThat(Echo.lookup(channel, "again")).isEqualTo("again");
        assertThat(meters.registry().counter("mesh.server.shed").count()).isEqualTo(1);
    }

    @Test
    void aCallThatItsClientCancelsIsCountedOnceAsCancelled() throws Exception {
        ListenableFuture<String> call =
                ClientCalls.futureUnaryCall(channel().newCall(Echo.LOOKUP, CallOptions.DEFAULT), "hold");
        StreamObserver<String> answer = held.take();

        call.cancel(true);
        cancelled.await();
        answer.onNext("too late");
        answer.onCompleted();

        assertThat(page("/metrics"))
                .contains(
                        "mesh_server_calls_seconds_count{code=\"CANCELLED\",method=\"test.v1.EchoService/Lookup\"} 1");
        assertThat(page("/metrics")).doesNotContain("code=\"OK\",method=\"test.v1.EchoService/Lookup\"");
    }

    @Test
    void connectionsAboveTheLimitAreClosedUntilOthersHaveEnded() throws Exception {
        List<Socket> open = new ArrayList<>();
        for (int i = 0; i < MAX_CONNECTIONS; i++) {
            open.add(connect());
        }
        for (Socket socket : open) {
            // The server speaks first in HTTP/2: a byte shows that the connection was accepted.
            assertThat(socket.getInputStream().read()).isNotNegative();
        }

        try (Socket oneMore = connect()) {
            assertThat(endOf(oneMore)).isTrue();
        }
        for (Socket socket : open) {
            socket.close();
        }
        assertThat(Echo.patiently(channel(), "still here")).isEqualTo("still here");
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), server.grpcPort());
        return socket;
    }

    private static boolean endOf(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void aMessageAboveTheLimitIsRefused() {
        assertThatThrownBy(() -> Echo.lookup(channel(), "x".repeat(2000))).hasMessageContaining("RESOURCE_EXHAUSTED");
    }

    @Test
    void theAdminPortServesThePages() throws Exception {
        assertThat(Echo.lookup(channel(), "hello")).isEqualTo("hello");

        assertThat(page("/metrics"))
                .contains("mesh_server_calls_seconds_count{code=\"OK\",method=\"test.v1.EchoService/Lookup\"} 1");
        assertThat(JsonParser.parseString(page("/channelz")).getAsJsonObject().keySet())
                .containsExactly("channels", "subchannels", "servers");
        assertThat(page("/channelz")).contains("127.0.0.1:" + server.grpcPort()).contains("READY");
        assertThat(page("/livez")).isEqualTo("ok\n");
        assertThat(page("/hello")).isEqualTo("<p>hello</p>");
        assertThat(page("/nothing")).contains("/metrics");
    }

    private String page(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.adminPort() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void aServerFromTheEnvironmentShowsItsSettings() throws Exception {
        Environment environment = new Environment(Map.of(
                "MESH_BIND_ADDRESS", "127.0.0.1",
                "MESH_GRPC_PORT", "50051",
                "MESH_DRIAN", "5s",
                "HOME", "/root"));
        MeshServer.Builder builder = MeshServer.builder("echo", environment);

        assertThat(environment.report().page())
                .contains("MESH_BIND_ADDRESS=127.0.0.1\n")
                .contains("MESH_DRAIN=20s (default)\n")
                .contains("MESH_DRIAN is set, but this process does not read it; did you mean MESH_DRAIN?\n")
                .doesNotContain("HOME");
        try (MeshServer unstarted = builder.build()) {
            assertThat(unstarted.pages()).contains("/settings", "/livez", "/metrics", "/channelz");
        }
    }

    @Test
    void aPortThatIsTakenIsReportedWithItsSetting() throws Exception {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        MeshServerConfig sameGrpc = new MeshServerConfig(loopback, server.grpcPort(), 0);
        MeshServerConfig sameAdmin = new MeshServerConfig(loopback, 0, server.adminPort());

        assertThatThrownBy(() -> startAnother(sameGrpc))
                .isInstanceOf(PortTakenException.class)
                .hasMessageStartingWith("cannot listen on 127.0.0.1 port " + server.grpcPort())
                .hasMessageContaining("MESH_GRPC_PORT");
        assertThatThrownBy(() -> startAnother(sameAdmin))
                .isInstanceOf(PortTakenException.class)
                .hasMessageContaining("MESH_ADMIN_PORT");
    }

    private static void startAnother(MeshServerConfig config) throws IOException {
        try (MeshServer another =
                MeshServer.builder("another", config, MeshTimings.defaults()).build()) {
            another.start();
        }
    }

    @Test
    void twoServersOnOnePortAreRefused() {
        assertThatThrownBy(() -> MeshServerConfig.from(new Environment(Map.of("MESH_ADMIN_PORT", "50051"))))
                .hasMessage(
                        "grpcPort (MESH_GRPC_PORT) and adminPort (MESH_ADMIN_PORT) are both 50051, but must differ");
    }

    @Test
    void aConfigurationIsReadFromTheEnvironment() {
        MeshServerConfig config = MeshServerConfig.from(new Environment(Map.of(
                "MESH_BIND_ADDRESS",
                "127.0.1.7",
                "MESH_GRPC_PORT",
                "1",
                "MESH_ADMIN_PORT",
                "2",
                "MESH_MAX_CALLS",
                "3")));

        assertThat(config.bindAddress().getHostAddress()).isEqualTo("127.0.1.7");
        assertThat(List.of(config.grpcPort(), config.adminPort(), config.maxConcurrentCalls()))
                .containsExactly(1, 2, 3);
    }
}
