package io.weathermesh.mesh;

import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Calls that a server makes to itself before it reports SERVING. The first calls of a JVM take a hundred times as long
 * as later ones; in a deploy that replaces all tasks they would be calls of clients, all at once (measured on a busy
 * machine: 161 of 16,845 over their deadline).
 *
 * <p>Best effort: the responses are ignored, and the calls end in time whatever happens.
 *
 * @param request the request of every call; handling it must not call another process
 */
record WarmUp<Q, A>(MethodDescriptor<Q, A> method, Q request) {
    /** Enough for the first tier of the compiler, which brings most of the speed. */
    private static final int CALLS = 1_500;

    private static final int IN_FLIGHT = 8;

    /** A slow machine must not delay the start of a task for longer. */
    private static final Duration MAX_TIME = Duration.ofSeconds(3);

    /** Returns when the server is warm or the time is over. */
    void run(InetSocketAddress server, LongSupplier nanoTime) throws InterruptedException {
        long end = nanoTime.getAsLong() + MAX_TIME.toNanos();
        Semaphore room = new Semaphore(IN_FLIGHT);
        ManagedChannel channel = Grpc.newChannelBuilderForAddress(
                        reachable(server.getAddress()), server.getPort(), InsecureChannelCredentials.create())
                .directExecutor()
                .build();
        try {
            for (int call = 0; call < CALLS; call++) {
                if (!room.tryAcquire(Math.max(0, end - nanoTime.getAsLong()), TimeUnit.NANOSECONDS)) {
                    return;
                }
                ClientCalls.asyncUnaryCall(
                        channel.newCall(
                                method,
                                CallOptions.DEFAULT
                                        .withWaitForReady()
                                        .withDeadlineAfter(MAX_TIME.toNanos(), TimeUnit.NANOSECONDS)),
                        request,
                        new Releasing<>(room));
            }
        } finally {
            channel.shutdownNow();
        }
    }

    private static String reachable(InetAddress bound) {
        InetAddress address = bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
        return address.getHostAddress();
    }

    private record Releasing<A>(Semaphore room) implements StreamObserver<A> {
        @Override
        public void onNext(A response) {}

        @Override
        public void onError(Throwable failure) {
            room.release();
        }

        @Override
        public void onCompleted() {
            room.release();
        }
    }
}
