package io.weathermesh.aggregator.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import com.linecorp.armeria.common.util.Exceptions;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.weathermesh.aggregator.weather.InvalidFieldException;
import io.weathermesh.aggregator.weather.PlaceNotFoundException;
import io.weathermesh.aggregator.weather.ProvidersUnavailableException;
import io.weathermesh.aggregator.weather.StreamEndedException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What went wrong, as a gRPC status with details. Only a defect of ours is logged. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    /** By then a dead task has been left out by every channel. */
    private static final Duration RETRY_AFTER =
            Duration.newBuilder().setSeconds(2).build();

    private Failures() {}

    static StatusRuntimeException exception(Throwable failure) {
        return StatusProto.toStatusRuntimeException(status(failure));
    }

    /** The same, where the question was a field of what was sent, by whose path the caller finds what to mend. */
    static StatusRuntimeException exception(Throwable failure, String path) {
        return StatusProto.toStatusRuntimeException(status(failure, path));
    }

    static Status status(Throwable failure, String path) {
        return status(Exceptions.peel(failure) instanceof InvalidFieldException invalid ? invalid.in(path) : failure);
    }

    private static Status status(Throwable failure) {
        Throwable cause = Exceptions.peel(failure);
        if (cause instanceof InvalidFieldException invalid) {
            return status(
                    Code.INVALID_ARGUMENT,
                    invalid.field() + " " + invalid.complaint(),
                    BadRequest.newBuilder()
                            .addFieldViolations(BadRequest.FieldViolation.newBuilder()
                                    .setField(invalid.field())
                                    .setDescription(invalid.complaint()))
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
            String details = unavailable.problems().stream()
                    .map(problem -> problem.getDetail())
                    .collect(Collectors.joining(" "));
            return status(
                    Code.UNAVAILABLE,
                    ProvidersUnavailableException.EXPLANATION + " " + details,
                    RetryInfo.newBuilder().setRetryDelay(RETRY_AFTER).build());
        }
        if (cause instanceof StreamEndedException ended) {
            boolean full = ended.reason() == StreamEndedException.Reason.TOO_MANY;
            return status(
                    full ? Code.RESOURCE_EXHAUSTED : Code.UNAVAILABLE,
                    ended.explanation(),
                    RetryInfo.newBuilder().setRetryDelay(RETRY_AFTER).build());
        }
        LOG.error("a call failed by a defect", cause);
        return Status.newBuilder()
                .setCode(Code.INTERNAL_VALUE)
                .setMessage("the gateway failed by a defect of its own")
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
