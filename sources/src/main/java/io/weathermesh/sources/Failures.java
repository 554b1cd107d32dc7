package io.weathermesh.sources;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns failures into what a caller is told: what happened, and whether to try again. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    /** Long enough for another task to be found. */
    private static final long RETRY_SECONDS = 1;

    private Failures() {}

    /** A status that says when to try again. */
    static StatusRuntimeException retry(Status status, String description) {
        return StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                .setCode(status.getCode().value())
                .setMessage(description)
                .addDetails(Any.pack(RetryInfo.newBuilder()
                        .setRetryDelay(Duration.newBuilder().setSeconds(RETRY_SECONDS))
                        .build()))
                .build());
    }

    /** What a caller is told of a failure; of a defect, only that it is one. */
    static StatusRuntimeException statusOf(Throwable failure) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof StatusRuntimeException status) {
            return status;
        }
        if (cause instanceof SourceFailedException) {
            return retry(Status.UNAVAILABLE, "no source answers: " + cause.getMessage());
        }
        LOG.error("a call failed by a defect", cause);
        return Status.INTERNAL
                .withDescription("the provider failed by a defect of its own")
                .asRuntimeException();
    }

    /** What is asked for; what is thrown before there is anything to wait for becomes a failure like all others. */
    static <A> CompletionStage<A> caught(Supplier<CompletionStage<A>> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Without the wrapping of a {@link CompletableFuture}. */
    static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
