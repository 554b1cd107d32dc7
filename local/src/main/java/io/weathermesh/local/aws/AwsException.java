package io.weathermesh.local.aws;

/** An error of an operation, with the code and the message of AWS. */
final class AwsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /** @param code the type of the error in clients, such as {@code ServiceNotFoundException} */
    AwsException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** The error for an operation that does not exist. */
    static AwsException unknownOperation(String api, String operation) {
        return new AwsException(
                "UnknownOperationException", "The local twin has no operation " + api + ":" + operation + ".");
    }

    /** The error for a body that cannot be parsed. */
    static AwsException serialization(String message) {
        return new AwsException("SerializationException", message);
    }

    String code() {
        return code;
    }
}
