package io.weathermesh.mesh;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusException;
import io.grpc.protobuf.StatusProto;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Refuses a call when too many are in flight, before its request is read: a queue would only delay every caller.
 *
 * <p>The refusal is RESOURCE_EXHAUSTED with {@code RetryInfo}. Streams have a limit of their own, since they stay open
 * while idle.
 */
final class ConcurrencyLimit implements ServerInterceptor {
    /** When a refused caller may retry: about the time that the calls in flight take. */
    private static final Duration RETRY_AFTER =
            Duration.newBuilder().setSeconds(1).build();

    private final int maxCalls;
    private final int maxStreams;
    private final ServerMeters meters;

    ConcurrencyLimit(int maxCalls, int maxStreams, ServerMeters meters) {
        this.maxCalls = maxCalls;
        this.maxStreams = maxStreams;
        this.meters = meters;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        boolean unary = call.getMethodDescriptor().getType() == MethodDescriptor.MethodType.UNARY;
        AtomicInteger inFlight = unary ? meters.callsInFlight() : meters.streamsOpen();
        if (inFlight.incrementAndGet() > (unary ? maxCalls : maxStreams)) {
            inFlight.decrementAndGet();
            meters.shed();
            return refuse(call);
        }
        Once done = new Once(inFlight::decrementAndGet);
        try {
            return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
                @Override
                public void onCancel() {
                    done.run();
                    super.onCancel();
                }

                @Override
                public void onComplete() {
                    done.run();
                    super.onComplete();
                }
            };
        } catch (RuntimeException e) {
            done.run();
            throw e;
        }
    }

    private static <Q, A> ServerCall.Listener<Q> refuse(ServerCall<Q, A> call) {
        StatusException refusal = StatusProto.toStatusException(com.google.rpc.Status.newBuilder()
                .setCode(Code.RESOURCE_EXHAUSTED_VALUE)
                .setMessage("too many calls in flight: retry later")
                .addDetails(Any.pack(
                        RetryInfo.newBuilder().setRetryDelay(RETRY_AFTER).build()))
                .build());
        Metadata trailers = refusal.getTrailers();
        call.close(refusal.getStatus(), trailers == null ? new Metadata() : trailers);
        return new ServerCall.Listener<>() {};
    }

    /** Runs an action once. */
    private static final class Once {
        private final AtomicBoolean ran = new AtomicBoolean();
        private final Runnable action;

        Once(Runnable action) {
            this.action = action;
        }

        void run() {
            if (ran.compareAndSet(false, true)) {
                action.run();
            }
        }
    }
}
