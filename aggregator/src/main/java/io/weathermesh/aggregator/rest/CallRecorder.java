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
 * Passes the id and the trace of a REST request on to a provider, and adds the call to the request's record. Leaves all
 * other calls as they are.
 */
public final class CallRecorder implements ClientInterceptor {
    private static final Metadata.Key<String> REQUEST_ID = key(Correlation.REQUEST_ID.toString());
    private static final Metadata.Key<String> TRACE_PARENT = key(TraceContext.PARENT);
    private static final Metadata.Key<String> TRACE_STATE = key(TraceContext.STATE);

    private final String provider;
    private final LongSupplier nanoTime;

    private CallRecorder(String provider, LongSupplier nanoTime) {
        this.provider = provider;
        this.nanoTime = nanoTime;
    }

    /** A channel to the provider that records its calls. */
    public static Channel to(String provider, Channel channel) {
        return ClientInterceptors.intercept(channel, new CallRecorder(provider, System::nanoTime));
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        ClientCall<Q, A> call = next.newCall(method, options);
        RequestRecord record = RequestRecord.CONTEXT.get();
        return record == null ? call : new Recorded<>(call, record);
    }

    private final class Recorded<Q, A> extends SimpleForwardingClientCall<Q, A> {
        private final RequestRecord record;

        Recorded(ClientCall<Q, A> call, RequestRecord record) {
            super(call);
            this.record = record;
        }

        @Override
        public void start(Listener<A> listener, Metadata headers) {
            headers.put(REQUEST_ID, record.requestId());
            headers.put(TRACE_PARENT, record.trace().parent());
            if (!record.trace().state().isEmpty()) {
                headers.put(TRACE_STATE, record.trace().state());
            }
            long start = nanoTime.getAsLong();
            super.start(
                    new SimpleForwardingClientCallListener<>(listener) {
                        private boolean recorded;

                        /** The response may be used at once, so the record must not wait for the call to close. */
                        @Override
                        public void onMessage(A response) {
                            record(Status.Code.OK);
                            super.onMessage(response);
                        }

                        @Override
                        public void onClose(Status status, Metadata trailers) {
                            record(status.getCode());
                            super.onClose(status, trailers);
                        }

                        private void record(Status.Code code) {
                            if (!recorded) {
                                recorded = true;
                                Duration took = Duration.ofNanos(nanoTime.getAsLong() - start);
                                record.add(new RecordedCall(provider, code, took));
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
