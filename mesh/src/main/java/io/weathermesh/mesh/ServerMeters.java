package io.weathermesh.mesh;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Counts the calls of a server: by method and code, in flight, and shed. */
final class ServerMeters implements ServerInterceptor {
    private final CallTimers timers;
    private final Counter shed;
    private final AtomicInteger calls;
    private final AtomicInteger streams;

    ServerMeters(MeterRegistry registry) {
        timers = new CallTimers("mesh.server.calls", "calls, by method and code", registry);
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
        AtomicBoolean ended = new AtomicBoolean();
        Consumer<Status.Code> end = code -> {
            if (ended.compareAndSet(false, true)) {
                timers.record(method, code, System.nanoTime() - start);
            }
        };
        ServerCall<Q, A> counted = new SimpleForwardingServerCall<>(call) {
            @Override
            public void close(Status status, Metadata trailers) {
                end.accept(status.getCode());
                super.close(status, trailers);
            }
        };
        return new SimpleForwardingServerCallListener<>(next.startCall(counted, headers)) {
            @Override
            public void onCancel() {
                end.accept(
                        Status.Code
                                .CANCELLED); // Its handler may never close it, or close it with OK after the client is
                // gone.
                super.onCancel();
            }
        };
    }
}
