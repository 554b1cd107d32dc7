package io.weathermesh.mesh;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Sets a deadline on each unary call that has none, and never a later one than that of the caller's context: a provider
 * never works longer than the first caller waits. gRPC applies the context's deadline by itself, but does not show it in
 * the call options, where {@link VerdictTracerFactory} reads whether a cancelled call was out of time.
 */
record DefaultDeadline(Duration limit) implements ClientInterceptor {
    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        if (method.getType() != MethodDescriptor.MethodType.UNARY) {
            return next.newCall(method, options);
        }
        Deadline own = options.getDeadline();
        Deadline bounded = own == null ? Deadline.after(limit.toNanos(), TimeUnit.NANOSECONDS) : own;
        Deadline callers = Context.current().getDeadline();
        return next.newCall(method, options.withDeadline(callers == null ? bounded : bounded.minimum(callers)));
    }
}
