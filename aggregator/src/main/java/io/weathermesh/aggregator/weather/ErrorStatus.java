package io.weathermesh.aggregator.weather;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.weathermesh.proto.weather.v1.Problem;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Failures of a lookup as {@code google.rpc.Status} with details: of gRPC calls, and of single items of a batch. Logs
 * internal errors only.
 */
public final class ErrorStatus {
    /** By then every channel has ejected a dead task. */
    public static final Duration RETRY_DELAY = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(ErrorStatus.class);

    private ErrorStatus() {}

    /** @param path the field that holds the failed request within a larger message */
    public static Status of(Throwable failure, String path) {
        return of(cause(failure) instanceof InvalidFieldException invalid ? invalid.in(path) : failure);
    }

    public static Status of(Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof InvalidFieldException invalid) {
            return status(
                    Code.INVALID_ARGUMENT,
                    invalid.field() + " " + invalid.description(),
                    BadRequest.newBuilder()
                            .addFieldViolations(BadRequest.FieldViolation.newBuilder()
                                    .setField(invalid.field())
                                    .setDescription(invalid.description()))
                            .build());
        }
        if (cause instanceof PlaceNotFoundException unknown) {
            return status(
                    Code.NOT_FOUND,
                    PlaceNotFoundException.EXPLANATION,
                    ErrorInfo.newBuilder()
                            .setReason("PLACE_NOT_FOUND")
                            .setDomain("weather-mesh")
                            .putMetadata("suggestions", String.join("; ", unknown.suggestions()))
                            .build());
        }
        if (cause instanceof ProvidersUnavailableException unavailable) {
            String details =
                    unavailable.problems().stream().map(Problem::getDetail).collect(Collectors.joining(" "));
            return status(Code.UNAVAILABLE, ProvidersUnavailableException.EXPLANATION + " " + details, retryInfo());
        }
        if (cause instanceof StreamEndedException ended) {
            boolean full = ended.reason() == StreamEndedException.Reason.TOO_MANY;
            return status(full ? Code.RESOURCE_EXHAUSTED : Code.UNAVAILABLE, ended.explanation(), retryInfo());
        }
        LOG.error("internal error in a call", cause);
        return Status.newBuilder()
                .setCode(Code.INTERNAL_VALUE)
                .setMessage("internal error in the gateway")
                .build();
    }

    /** Futures wrap the failures of the stages before them. */
    private static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static RetryInfo retryInfo() {
        return RetryInfo.newBuilder()
                .setRetryDelay(Durations.fromMillis(RETRY_DELAY.toMillis()))
                .build();
    }

    private static Status status(Code code, String message, Message detail) {
        return Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage(message)
                .addDetails(Any.pack(detail))
                .build();
    }
}
