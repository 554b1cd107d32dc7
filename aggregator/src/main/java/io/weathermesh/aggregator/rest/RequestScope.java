package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Context;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Extends the deadline, the cancellation and the record of an HTTP request to the calls that it makes.
 *
 * @param deadline the time for all calls of one request
 */
record RequestScope(Duration deadline) {
    /** The result of {@code work}, or what it throws as a failed stage. */
    <A> CompletionStage<A> run(ServiceRequestContext request, Supplier<CompletionStage<A>> work) {
        Context recorded = RequestRecord.of(request)
                .map(record -> Context.ROOT.withValue(RequestRecord.CONTEXT, record))
                .orElse(Context.ROOT);
        Context.CancellableContext scope = recorded.withDeadlineAfter(
                deadline.toNanos(), TimeUnit.NANOSECONDS, request.eventLoop().withoutContext());
        var unused = request.whenRequestCancelled().thenAccept(scope::cancel);
        CompletionStage<A> result;
        Context before = scope.attach();
        try {
            result = work.get();
        } catch (RuntimeException e) {
            result = CompletableFuture.failedFuture(e);
        } finally {
            scope.detach(before);
        }
        return result.whenComplete((done, failure) -> scope.cancel(null));
    }
}
