package io.weathermesh.mesh;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.micrometer.core.instrument.MeterRegistry;

/** Times calls as their caller sees them, by method and code: attempts are not counted. */
final class ClientMeters implements ClientInterceptor {
    private final CallTimers timers;

    ClientMeters(MeterRegistry registry) {
        timers = new CallTimers("mesh.client.calls", "calls, by method and code", registry);
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                long start = System.nanoTime();
                super.start(
                        new SimpleForwardingClientCallListener<>(listener) {
                            @Override
                            public void onClose(Status status, Metadata trailers) {
                                timers.record(method.getFullMethodName(), status.getCode(), System.nanoTime() - start);
                                super.onClose(status, trailers);
                            }
                        },
                        headers);
            }
        };
    }
}
