package io.weathermesh.sources;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Makes failures of asynchronous calls alike. */
public final class Futures {
    private Futures() {}

    /** Starts a call. An exception that it throws becomes a failed stage, as if it had failed later. */
    public static <A> CompletionStage<A> call(Supplier<CompletionStage<A>> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The cause of a {@link CompletionException}; any other failure is returned as it is. */
    public static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
