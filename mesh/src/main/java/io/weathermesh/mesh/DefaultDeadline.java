package io.weathermesh.mesh;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Gives each unary call a deadline that has none of its own. The deadline of the caller's context holds beside it:
 * gRPC takes the earlier one and sends it along, so a provider never works longer than the first caller waits.
 */
record DefaultDeadline(Duration limit) implements ClientInterceptor {
    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        boolean unary = method.getType() == MethodDescriptor.MethodType.UNARY;
        CallOptions bounded = unary && options.getDeadline() == null
                ? options.withDeadlineAfter(limit.toNanos(), TimeUnit.NANOSECONDS)
                : options;
        return next.newCall(method, bounded);
    }
}
