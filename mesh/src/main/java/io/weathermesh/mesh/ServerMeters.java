package io.weathermesh.mesh;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the calls of a server: by method and code, in flight, and refused for overload. */
final class ServerMeters implements ServerInterceptor {
    private final MeterRegistry registry;
    private final Counter shed;
    private final AtomicInteger calls;
    private final AtomicInteger streams;

    ServerMeters(MeterRegistry registry) {
        this.registry = registry;
        shed = Counter.builder("mesh.server.shed")
                .description("calls refused because too many were in flight")
                .register(registry);
        calls = registry.gauge("mesh.server.calls.in.flight", new AtomicInteger());
        streams = registry.gauge("mesh.server.streams.open", new AtomicInteger());
    }

    void shed() {
        shed.increment();
    }

    AtomicInteger callsInFlight() {
        return calls;
    }

    AtomicInteger streamsOpen() {
        return streams;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        long start = System.nanoTime();
        String method = call.getMethodDescriptor().getFullMethodName();
        ServerCall<Q, A> counted = new SimpleForwardingServerCall<>(call) {
            @Override
            public void close(Status status, Metadata trailers) {
                record(method, status, System.nanoTime() - start);
                super.close(status, trailers);
            }
        };
        return next.startCall(counted, headers);
    }

    private void record(String method, Status status, long nanos) {
        Timer.builder("mesh.server.calls")
                .description("calls answered, by method and code")
                .tag("method", method)
                .tag("code", status.getCode().name())
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }
}
