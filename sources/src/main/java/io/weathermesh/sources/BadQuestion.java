package io.weathermesh.sources;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/** Makes the one kind of error that a caller can mend: INVALID_ARGUMENT that names the field. */
final class BadQuestion {
    private BadQuestion() {}

    /**
     * @param field path of the field in the request, such as {@code point.coordinates.latitude}
     * @param found what is wrong with it: {@code "is 91.0"}
     * @param allowed the end of a sentence: {@code "-90 to 90"}
     */
    static StatusRuntimeException of(String field, String found, String allowed) {
        String description = field + " " + found + ", but allowed is " + allowed;
        return StatusProto.toStatusRuntimeException(Status.newBuilder()
                .setCode(Code.INVALID_ARGUMENT_VALUE)
                .setMessage(description)
                .addDetails(Any.pack(BadRequest.newBuilder()
                        .addFieldViolations(BadRequest.FieldViolation.newBuilder()
                                .setField(field)
                                .setDescription(description))
                        .build()))
                .build());
    }
}
