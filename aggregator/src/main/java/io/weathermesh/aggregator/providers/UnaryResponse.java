package io.weathermesh.aggregator.providers;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** The one answer of a unary call, as a future. */
final class UnaryResponse<T> implements StreamObserver<T> {
    private final CompletableFuture<T> future = new CompletableFuture<>();

    CompletableFuture<T> future() {
        return future;
    }

    @Override
    public void onNext(T answer) {
        future.complete(answer);
    }

    @Override
    public void onError(Throwable failure) {
        future.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
        // Does nothing after an answer, as it should be.
        future.completeExceptionally(
                Status.INTERNAL.withDescription("no answer").asRuntimeException());
    }
}
