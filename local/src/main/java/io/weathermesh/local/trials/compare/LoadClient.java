package io.weathermesh.local.trials.compare;

import com.google.type.LatLng;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientStreamTracer;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.weathermesh.mesh.Environment;
import io.weathermesh.mesh.MeshProcess;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.temperature.v1.LookupTemperatureRequest;
import io.weathermesh.proto.temperature.v1.LookupTemperatureResponse;
import io.weathermesh.proto.temperature.v1.TemperatureServiceGrpc;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A client as a process of its own. Calls at a steady rate in an open loop, each call for a random point, until its
 * standard input ends; then writes its log. Writes {@code warm} to its standard output after three seconds in a row
 * without a failed or slow call, or after {@value #MAX_SECONDS_TO_WARM} s.
 */
public final class LoadClient {
    static final String TYPE = "COMPARE_CLIENT";
    static final String RATE = "COMPARE_RATE";
    static final String LOG = "COMPARE_LOG";

    /** The line on standard output. */
    static final String WARM = "warm";

    static final int MAX_RATE = 3_000;

    /** Each takes some 140 bytes of a heap of 96 MB until the end. */
    static final int MAX_CALLS = 350_000;

    private static final long DEADLINE_MILLIS = 1_000;
    private static final long FIRST_CALL_SECONDS = 60;
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int WARM_SECONDS = 3;
    private static final int MAX_SECONDS_TO_WARM = 20;

    private final ManagedChannel channel;
    private final Queue<CallRecord> calls = new ConcurrentLinkedQueue<>();
    private final Phaser inFlight = new Phaser(1);
    private final Random random = new Random();
    private final AtomicInteger bad = new AtomicInteger();
    private volatile boolean stopped;

    private LoadClient(ManagedChannel channel) {
        this.channel = channel;
    }

    public static void main(String[] args) {
        MeshProcess.run("load-client", LoadClient::serve);
    }

    private static void serve(Environment environment) throws IOException {
        ManagedChannel channel = ClientType.valueOf(environment.text(TYPE, "")).open(environment);
        LoadClient client = new LoadClient(channel);
        ClientCalls.blockingUnaryCall(
                channel,
                TemperatureServiceGrpc.getLookupTemperatureMethod(),
                CallOptions.DEFAULT.withWaitForReady().withDeadlineAfter(FIRST_CALL_SECONDS, TimeUnit.SECONDS),
                client.randomPoint());
        Thread load = new Thread(() -> client.callSteadily(environment.integer(RATE, 500, 1, MAX_RATE)), "load");
        load.start();
        while (System.in.read() >= 0) {
            // The end of the input ends the process.
        }
        client.stopped = true;
        join(load);
        client.inFlight.arriveAndAwaitAdvance();
        try (BufferedWriter log = Files.newBufferedWriter(Path.of(environment.text(LOG, "calls.log")))) {
            for (CallRecord call : client.calls) {
                log.write(call.toLine() + "\n");
            }
        }
        channel.shutdownNow();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void callSteadily(int rate) {
        long interval = TimeUnit.SECONDS.toNanos(1) / rate;
        long next = System.nanoTime();
        int goodSeconds = 0;
        for (int made = 1; !stopped; made++) {
            next += interval;
            LockSupport.parkNanos(next - System.nanoTime());
            call(next);
            if (made % rate == 0) {
                goodSeconds = bad.getAndSet(0) == 0 ? goodSeconds + 1 : 0;
                if (goodSeconds == WARM_SECONDS || made == rate * MAX_SECONDS_TO_WARM) {
                    System.out.println(WARM);
                }
            }
        }
    }

    private LookupTemperatureRequest randomPoint() {
        LatLng location = LatLng.newBuilder()
                .setLatitude(random.nextDouble() * 180 - 90)
                .setLongitude(random.nextDouble() * 360 - 180)
                .build();
        return LookupTemperatureRequest.newBuilder()
                .setPoint(Point.newBuilder().setCoordinates(location))
                .build();
    }

    private void call(long dueNanos) {
        inFlight.register();
        AttemptCounter attempts = new AttemptCounter();
        ClientCall<LookupTemperatureRequest, LookupTemperatureResponse> call = channel.newCall(
                TemperatureServiceGrpc.getLookupTemperatureMethod(),
                CallOptions.DEFAULT
                        .withDeadlineAfter(DEADLINE_MILLIS, TimeUnit.MILLISECONDS)
                        .withStreamTracerFactory(attempts));
        ClientCalls.asyncUnaryCall(call, randomPoint(), new CallObserver(call, attempts, dueNanos));
    }

    /** Records the end of one call. */
    private final class CallObserver implements StreamObserver<LookupTemperatureResponse> {
        private final ClientCall<?, ?> call;
        private final AttemptCounter attempts;
        private final long dueNanos;
        private final long startNanos = System.nanoTime();

        CallObserver(ClientCall<?, ?> call, AttemptCounter attempts, long dueNanos) {
            this.call = call;
            this.attempts = attempts;
            this.dueNanos = dueNanos;
        }

        @Override
        public void onNext(LookupTemperatureResponse response) {}

        @Override
        public void onCompleted() {
            end(Status.Code.OK);
        }

        @Override
        public void onError(Throwable failure) {
            end(Status.fromThrowable(failure).getCode());
        }

        private void end(Status.Code code) {
            long took = System.nanoTime() - startNanos;
            SocketAddress remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
            SocketAddress local = call.getAttributes().get(Grpc.TRANSPORT_ATTR_LOCAL_ADDR);
            String task = remote instanceof InetSocketAddress address
                    ? address.getAddress().getHostAddress()
                    : "";
            int port = local instanceof InetSocketAddress address ? address.getPort() : 0;
            if (code != Status.Code.OK || took > SLOW_NANOS) {
                bad.incrementAndGet();
            }
            calls.add(new CallRecord(startNanos, startNanos - dueNanos, took, code, task, port, attempts.sent.get()));
            inFlight.arriveAndDeregister();
        }
    }

    /** Counts the attempts that were sent, hedges and retries included. */
    private static final class AttemptCounter extends ClientStreamTracer.Factory {
        private final AtomicInteger sent = new AtomicInteger();

        @Override
        public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
            return new ClientStreamTracer() {
                @Override
                public void outboundHeaders() {
                    sent.incrementAndGet();
                }
            };
        }
    }
}
