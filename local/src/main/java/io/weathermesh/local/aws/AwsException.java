package io.weathermesh.local.aws;

/** A request that is refused, in the words of AWS. */
final class AwsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /** @param code what clients make a type of, such as {@code ServiceNotFoundException} */
    AwsException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** What AWS says to an operation that it does not have. */
    static AwsException unknownOperation(String api, String operation) {
        return new AwsException(
                "UnknownOperationException", "The local twin has no operation " + api + ":" + operation + ".");
    }

    /** What AWS says to a body that is not what the operation takes. */
    static AwsException unreadable(String message) {
        return new AwsException("SerializationException", message);
    }

    String code() {
        return code;
    }
}
