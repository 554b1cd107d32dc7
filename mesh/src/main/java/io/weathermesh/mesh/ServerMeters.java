package io.weathermesh.mesh;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the calls of a server: by method and code, in flight, and refused for overload. */
final class ServerMeters implements ServerInterceptor {
    private final CallTimers timers;
    private final Counter shed;
    private final AtomicInteger calls;
    private final AtomicInteger streams;

    ServerMeters(MeterRegistry registry) {
        timers = new CallTimers("mesh.server.calls", "calls answered, by method and code", registry);
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
                timers.record(method, status.getCode(), System.nanoTime() - start);
                super.close(status, trailers);
            }
        };
        return next.startCall(counted, headers);
    }
}
