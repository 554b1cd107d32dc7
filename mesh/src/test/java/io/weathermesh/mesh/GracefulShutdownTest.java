package io.weathermesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Shuts down a real server. Its pauses take no time: in each of them the test records what clients see at that moment.
 */
@Tag("jdk")
final class GracefulShutdownTest {
    /** No test could wait for the end of its drain: what ends before does not end by it. */
    private static final MeshTimings UNHURRIED =
            MeshTimings.from(new Environment(Map.of("MESH_DRAIN", "99s", "MESH_STOP_TIMEOUT", "120s")));

    /** Below the drain, and far above what a slow machine takes. */
    private static final long BEFORE_THE_DRAIN_ENDS_SECONDS = 90;

    private final List<String> observed = new CopyOnWriteArrayList<>();
    private final CountDownLatch handlerCancelled = new CountDownLatch(1);
    private final StopSignal signal = new StopSignal();
    private final CompletableFuture<StreamObserver<String>> held = new CompletableFuture<>();
    private MeshServer server;
    private ManagedChannel channel;

    @AfterEach
    void close() {
        channel.shutdownNow();
        server.close();
    }

    private void start(DrainParticipant... participants) throws Exception {
        MeshServerConfig config = new MeshServerConfig(InetAddress.getByName("127.0.0.1"), 0, 0);
        MeshServer.Builder builder = MeshServer.builder("echo", config, UNHURRIED)
                .service(Echo.service(this::answer))
                .stoppedBy(signal)
                .pausing(duration -> observed.add(Environment.format(duration) + ": " + health() + ", call " + call()));
        for (DrainParticipant participant : participants) {
            builder.drainParticipant(participant);
        }
        server = builder.build();
        server.start();
        channel = Grpc.newChannelBuilder("127.0.0.1:" + server.grpcPort(), InsecureChannelCredentials.create())
                .build();
    }

    private void answer(String request, StreamObserver<String> answer) {
        if (request.equals("hold")) {
            ((ServerCallStreamObserver<String>) answer).setOnCancelHandler(() -> {
                observed.add("handler cancelled");
                handlerCancelled.countDown();
            });
            held.complete(answer);
        } else {
            answer.onNext("fine");
            answer.onCompleted();
        }
    }

    private ServingStatus health() {
        return HealthGrpc.newBlockingStub(channel)
                .check(HealthCheckRequest.newBuilder().setService(Echo.SERVICE).build())
                .getStatus();
    }

    private String call() {
        return Echo.lookup(channel, "request");
    }

    @Test
    void aTaskServesThroughTheLameDuckAndWhileItIsNotServing() throws Exception {
        start();
        signal.terminate();

        server.awaitStopped();

        assertThat(observed).containsExactly("18s: SERVING, call fine", "1s: NOT_SERVING, call fine");
    }

    @Test
    void aCallInFlightFinishes() throws Exception {
        start(new DrainParticipant() {
            @Override
            public void drain(Duration limit) {
                observed.add("drain");
                StreamObserver<String> answer = held.join();
                answer.onNext("late");
                answer.onCompleted();
            }
        });
        ListenableFuture<String> call = hang();
        signal.terminate();

        server.awaitStopped();

        assertThat(call.get()).isEqualTo("late");
        assertThat(observed.get(observed.size() - 1)).isEqualTo("drain");
    }

    @Test
    void streamsAreEndedSoThatTheirClientsOpenThemElsewhere() throws Exception {
        start();
        CompletableFuture<Status> end = new CompletableFuture<>();
        ClientCalls.asyncServerStreamingCall(
                channel.newCall(Echo.WATCH, CallOptions.DEFAULT), "hold", new StreamObserver<>() {
                    @Override
                    public void onNext(String message) {}

                    @Override
                    public void onError(Throwable failure) {
                        end.complete(Status.fromThrowable(failure));
                    }

                    @Override
                    public void onCompleted() {}
                });
        StreamObserver<String> answer = held.get();
        signal.terminate();

        server.awaitStopped();
        answer.onNext("goes nowhere");

        assertThat(end.get().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        handlerCancelled.await();
        assertThat(observed).endsWith("handler cancelled");
    }

    @Test
    @Timeout(BEFORE_THE_DRAIN_ENDS_SECONDS)
    void clientsThatWatchTheHealthDoNotDelayTheDrain() throws Exception {
        start();
        CompletableFuture<String> watched = new CompletableFuture<>();
        HealthGrpc.newStub(channel).watch(HealthCheckRequest.getDefaultInstance(), new StreamObserver<>() {
            @Override
            public void onNext(HealthCheckResponse response) {
                watched.complete(response.getStatus().name());
            }

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onCompleted() {}
        });
        assertThat(watched.get()).isEqualTo("SERVING");
        signal.terminate();

        server.awaitStopped();
    }

    @Test
    void participantsAreNotifiedBeforeTheLameDuckAndDrainedAfterIt() throws Exception {
        start(new DrainParticipant() {
            @Override
            public void lameDuckStarted() {
                observed.add("begins");
                throw new IllegalStateException("does not stop the others");
            }

            @Override
            public void drain(Duration limit) {
                observed.add("drains for at most " + limit.toSeconds() + "s");
            }
        });
        signal.terminate();

        server.awaitStopped();

        assertThat(observed).element(0).isEqualTo("begins");
        assertThat(observed).last().asString().matches("drains for at most 9[0-8]s");
    }

    @Test
    @Timeout(BEFORE_THE_DRAIN_ENDS_SECONDS)
    void aSecondSignalInterruptsTheDrainOfAParticipant() throws Exception {
        CompletableFuture<String> part = new CompletableFuture<>();
        start(new DrainParticipant() {
            @Override
            public void drain(Duration limit) throws InterruptedException {
                signal.terminate();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    part.complete("interrupted");
                    throw e;
                }
            }
        });
        hang();
        signal.terminate();

        server.awaitStopped();

        assertThat(part.get()).isEqualTo("interrupted");
    }

    @Test
    @Timeout(BEFORE_THE_DRAIN_ENDS_SECONDS)
    void aSecondSignalEndsTheWaitForAHungCall() throws Exception {
        start(new DrainParticipant() {
            @Override
            public void drain(Duration limit) {
                new Thread(signal::terminate).start();
            }
        });
        ListenableFuture<String> call = hang();
        signal.terminate();

        server.awaitStopped();

        assertThatThrownBy(() -> call.get()).hasMessageContaining("CANCELLED");
    }

    private ListenableFuture<String> hang() throws Exception {
        ListenableFuture<String> call =
                ClientCalls.futureUnaryCall(channel.newCall(Echo.LOOKUP, CallOptions.DEFAULT), "hold");
        held.get();
        return call;
    }

    @Test
    void aSecondSignalEndsAPause() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        Thread leaver = new Thread(() -> {
            try {
                signal.await();
                signal.pause(Duration.ofHours(1));
                over.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        leaver.start();
        start();

        signal.terminate();
        assertThat(signal.isAtOnce()).isFalse();
        signal.terminate();

        over.await();
        assertThat(signal.exitCode()).hasValue(143);
    }

    @Test
    void sigintMeansAtOnce() throws Exception {
        start();

        signal.interrupt();

        assertThat(signal.isAtOnce()).isTrue();
        assertThat(signal.exitCode()).hasValue(130);
    }
}
