package io.weathermesh.mesh;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The open streaming calls of a server, which a graceful shutdown ends: the client sees UNAVAILABLE and opens the stream
 * again on another task; the handler sees a cancelled call.
 *
 * <p>Safe for use by many threads: a stream may be ended while its handler sends.
 */
final class OpenStreams implements ServerInterceptor {
    private final Set<OpenStream<?, ?>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (call.getMethodDescriptor().getType() == MethodDescriptor.MethodType.UNARY) {
            return next.startCall(call, headers);
        }
        OpenStream<Q, A> stream = new OpenStream<>(call);
        open.add(stream);
        ServerCall.Listener<Q> listener = started(stream, headers, next);
        if (ended) {
            stream.end();
        }
        return new SimpleForwardingServerCallListener<>(listener) {
            @Override
            public void onCancel() {
                open.remove(stream);
                super.onCancel();
            }

            @Override
            public void onComplete() {
                open.remove(stream);
                if (stream.isEnded()) {
                    // A handler that did not end its stream itself must learn that its client is gone.
                    super.onCancel();
                } else {
                    super.onComplete();
                }
            }
        };
    }

    private <Q, A> ServerCall.Listener<Q> started(
            OpenStream<Q, A> stream, Metadata headers, ServerCallHandler<Q, A> next) {
        try {
            return next.startCall(stream, headers);
        } catch (RuntimeException e) {
            open.remove(stream);
            throw e;
        }
    }

    /** Ends all streams, including those that are opened from now on. */
    void endAll() {
        ended = true;
        open.forEach(OpenStream::end);
    }

    int count() {
        return open.size();
    }

    /** A call that can be ended from outside: after that, what its handler sends is dropped. */
    private static final class OpenStream<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private boolean closed;
        private boolean byUs;

        OpenStream(ServerCall<Q, A> call) {
            super(call);
        }

        synchronized void end() {
            if (!closed) {
                closed = true;
                byUs = true;
                super.close(
                        Status.UNAVAILABLE.withDescription("this task is shutting down: open the stream again"),
                        new Metadata());
            }
        }

        synchronized boolean isEnded() {
            return byUs;
        }

        @Override
        public synchronized void sendHeaders(Metadata headers) {
            if (!closed) {
                super.sendHeaders(headers);
            }
        }

        @Override
        public synchronized void sendMessage(A message) {
            if (!closed) {
                super.sendMessage(message);
            }
        }

        @Override
        public synchronized void close(Status status, Metadata trailers) {
            if (!closed) {
                closed = true;
                super.close(status, trailers);
            }
        }

        @Override
        public synchronized boolean isReady() {
            return !closed && super.isReady();
        }

        @Override
        public synchronized boolean isCancelled() {
            return byUs || super.isCancelled();
        }
    }
}
