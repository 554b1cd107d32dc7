package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Context;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What a request's deadline and its client's patience mean for the calls that it causes: both reach the providers, and
 * when the client goes away its calls end.
 */
record RequestScope(Duration deadline) {
    <A> CompletionStage<A> ask(ServiceRequestContext request, Supplier<CompletionStage<A>> question) {
        Context noted = RequestNotes.of(request)
                .map(notes -> Context.ROOT.withValue(RequestNotes.CONTEXT, notes))
                .orElse(Context.ROOT);
        Context.CancellableContext scope = noted.withDeadlineAfter(
                deadline.toNanos(), TimeUnit.NANOSECONDS, request.eventLoop().withoutContext());
        var unused = request.whenRequestCancelled().thenAccept(scope::cancel);
        CompletionStage<A> answer;
        Context before = scope.attach();
        try {
            answer = question.get();
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        } finally {
            scope.detach(before);
        }
        return answer.whenComplete((done, failure) -> scope.cancel(null));
    }
}
