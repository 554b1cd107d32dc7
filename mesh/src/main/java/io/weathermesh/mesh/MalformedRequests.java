package io.weathermesh.mesh;

import io.grpc.ForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a call whose request cannot be parsed with INTERNAL, the code of gRPC's status table for it ("Error parsing request
 * proto"), counts it, and logs one line a minute. By itself grpc-java ends it with UNKNOWN and logs a stack trace of 7 kB
 * (measured), so that any client could fill the log.
 *
 * <p>Safe for use by many threads.
 */
final class MalformedRequests {
    private static final Logger LOG = LoggerFactory.getLogger(MalformedRequests.class);

    private static final long LOG_INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

    private final Counter counter;
    private final AtomicLong nextLogNanos = new AtomicLong(System.nanoTime());

    MalformedRequests(MeterRegistry registry) {
        counter = Counter.builder("mesh.server.malformed.requests")
                .description("calls whose request could not be parsed")
                .register(registry);
    }

    /** Takes the place of a request that could not be parsed. */
    private record Malformed(RuntimeException cause) {}

    /** The same service with this behaviour. Interceptors see its calls with their code. */
    ServerServiceDefinition refuseIn(ServerServiceDefinition service) {
        ServiceDescriptor original = service.getServiceDescriptor();
        List<ServerMethodDefinition<Object, ?>> methods = service.getMethods().stream()
                .<ServerMethodDefinition<Object, ?>>map(this::refusing)
                .toList();
        ServiceDescriptor.Builder descriptor =
                ServiceDescriptor.newBuilder(original.getName()).setSchemaDescriptor(original.getSchemaDescriptor());
        methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
        ServerServiceDefinition.Builder guarded = ServerServiceDefinition.builder(descriptor.build());
        methods.forEach(guarded::addMethod);
        return guarded.build();
    }

    private <Q, A> ServerMethodDefinition<Object, A> refusing(ServerMethodDefinition<Q, A> method) {
        MethodDescriptor<Q, A> original = method.getMethodDescriptor();
        return ServerMethodDefinition.create(
                original.toBuilder(
                                new LenientMarshaller<>(original.getRequestMarshaller()),
                                original.getResponseMarshaller())
                        .build(),
                new RefusingHandler<>(method.getServerCallHandler()));
    }

    /** Returns {@link Malformed} instead of throwing, in a place where grpc-java would log the exception. */
    private record LenientMarshaller<Q>(MethodDescriptor.Marshaller<Q> strict)
            implements MethodDescriptor.Marshaller<Object> {
        @Override
        public Object parse(InputStream bytes) {
            try {
                return strict.parse(bytes);
            } catch (RuntimeException e) {
                return new Malformed(e);
            }
        }

        @Override
        @SuppressWarnings("unchecked") // Requests of this method only.
        public InputStream stream(Object request) {
            return strict.stream((Q) request);
        }
    }

    private final class RefusingHandler<Q, A> implements ServerCallHandler<Object, A> {
        private final ServerCallHandler<Q, A> handler;

        RefusingHandler(ServerCallHandler<Q, A> handler) {
            this.handler = handler;
        }

        @Override
        @SuppressWarnings("unchecked") // The handler gets the requests that its own marshaller parsed.
        public ServerCall.Listener<Object> startCall(ServerCall<Object, A> call, Metadata headers) {
            ServerCall.Listener<Object> listener = (ServerCall.Listener<Object>)
                    handler.startCall((ServerCall<Q, A>) (ServerCall<?, A>) call, headers);
            return new ForwardingServerCallListener.SimpleForwardingServerCallListener<>(listener) {
                private boolean refused;

                @Override
                public void onMessage(Object request) {
                    if (!(request instanceof Malformed malformed)) {
                        super.onMessage(request);
                    } else if (!refused) {
                        refused = true;
                        count(call.getMethodDescriptor().getFullMethodName(), malformed.cause());
                        call.close(Status.INTERNAL.withDescription("the request could not be parsed"), new Metadata());
                    }
                }

                @Override
                public void onHalfClose() {
                    if (!refused) {
                        super.onHalfClose();
                    }
                }
            };
        }
    }

    private void count(String method, RuntimeException cause) {
        counter.increment();
        long now = System.nanoTime();
        long next = nextLogNanos.get();
        if (now - next >= 0 && nextLogNanos.compareAndSet(next, now + LOG_INTERVAL_NANOS)) {
            LOG.warn(
                    "{}: a request could not be parsed, {} so far ({})",
                    method,
                    (long) counter.count(),
                    cause.toString());
        }
    }
}
