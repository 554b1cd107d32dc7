package io.weathermesh.aggregator.rest;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Passes a request's id and trace on to a provider, and notes how its call ended. A call that no REST request makes is
 * left as it is.
 */
public final class NotedCalls implements ClientInterceptor {
    private static final Metadata.Key<String> REQUEST_ID = key(Correlation.REQUEST_ID.toString());
    private static final Metadata.Key<String> TRACE_PARENT = key(Trace.PARENT);
    private static final Metadata.Key<String> TRACE_STATE = key(Trace.STATE);

    private final String provider;
    private final LongSupplier nanoTime;

    private NotedCalls(String provider, LongSupplier nanoTime) {
        this.provider = provider;
        this.nanoTime = nanoTime;
    }

    /** The channel to a provider of this name, with its calls noted. */
    public static Channel to(String provider, Channel channel) {
        return ClientInterceptors.intercept(channel, new NotedCalls(provider, System::nanoTime));
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        ClientCall<Q, A> call = next.newCall(method, options);
        RequestNotes notes = RequestNotes.CONTEXT.get();
        return notes == null ? call : new Noted<>(call, notes);
    }

    private final class Noted<Q, A> extends SimpleForwardingClientCall<Q, A> {
        private final RequestNotes notes;

        Noted(ClientCall<Q, A> call, RequestNotes notes) {
            super(call);
            this.notes = notes;
        }

        @Override
        public void start(Listener<A> listener, Metadata headers) {
            headers.put(REQUEST_ID, notes.requestId());
            headers.put(TRACE_PARENT, notes.trace().parent());
            if (!notes.trace().state().isEmpty()) {
                headers.put(TRACE_STATE, notes.trace().state());
            }
            long start = nanoTime.getAsLong();
            super.start(
                    new SimpleForwardingClientCallListener<>(listener) {
                        private boolean noted;

                        /** The answer is used as soon as it is here, so the note must not wait for the call's end. */
                        @Override
                        public void onMessage(A answer) {
                            note(Status.Code.OK);
                            super.onMessage(answer);
                        }

                        @Override
                        public void onClose(Status status, Metadata trailers) {
                            note(status.getCode());
                            super.onClose(status, trailers);
                        }

                        private void note(Status.Code code) {
                            if (!noted) {
                                noted = true;
                                Duration took = Duration.ofNanos(nanoTime.getAsLong() - start);
                                notes.ended(new RequestNotes.ProviderCall(provider, code, took));
                            }
                        }
                    },
                    headers);
        }
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
