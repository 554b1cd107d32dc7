package io.weathermesh.sources.serving;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.weathermesh.sources.Futures;
import io.weathermesh.sources.SourceFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps failures to the statuses of calls. */
final class CallErrors {
    private static final Logger LOG = LoggerFactory.getLogger(CallErrors.class);

    /** Long enough for another task to be found. */
    private static final long RETRY_DELAY_SECONDS = 1;

    private CallErrors() {}

    /** A status with {@code google.rpc.RetryInfo}. */
    static StatusRuntimeException retryable(Status status, String description) {
        return StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                .setCode(status.getCode().value())
                .setMessage(description)
                .addDetails(Any.pack(RetryInfo.newBuilder()
                        .setRetryDelay(Duration.newBuilder().setSeconds(RETRY_DELAY_SECONDS))
                        .build()))
                .build());
    }

    /** The status of a failure. An unexpected failure is logged; the client learns nothing of it but INTERNAL. */
    static StatusRuntimeException statusOf(Throwable failure) {
        Throwable cause = Futures.unwrap(failure);
        if (cause instanceof StatusRuntimeException status) {
            return status;
        }
        if (cause instanceof SourceFailedException) {
            return retryable(Status.UNAVAILABLE, "no source is available: " + cause.getMessage());
        }
        LOG.error("internal error in a call", cause);
        return Status.INTERNAL.withDescription("internal error in the provider").asRuntimeException();
    }
}
