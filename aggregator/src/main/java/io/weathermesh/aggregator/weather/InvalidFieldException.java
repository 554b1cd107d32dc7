package io.weathermesh.aggregator.weather;

/** A field of a request is missing, unknown or invalid. The client can correct it. */
public final class InvalidFieldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Longer values are cut in messages. */
    private static final int MAX_QUOTED = 60;

    private final String field;
    private final String description;

    private InvalidFieldException(String field, String description) {
        super(field + " " + description);
        this.field = field;
        this.description = description;
    }

    /**
     * @param field the name of the field in the contract
     * @param found the fault, as in {@code "is 91.0"}
     * @param must the rule, as in {@code "be between -90 and 90"}
     */
    public InvalidFieldException(String field, String found, String must) {
        this(field, found + ", but must " + must);
    }

    /** A field with an invalid text from the client, of which only harmless characters are quoted. */
    public static InvalidFieldException ofText(String field, String value, String must) {
        return new InvalidFieldException(field, "is '" + harmless(value) + "'", must);
    }

    /** A field that the contract does not have; its name, too, is text from the client. */
    public static InvalidFieldException unknown(String field, String must) {
        return new InvalidFieldException(harmless(field), "is unknown", must);
    }

    /** The same fault in a request that is itself the field {@code outer} of another one. */
    public InvalidFieldException in(String outer) {
        return new InvalidFieldException(outer + "." + field, description);
    }

    private static String harmless(String text) {
        return text.codePoints()
                .limit(MAX_QUOTED)
                .map(c -> Character.isLetterOrDigit(c) || " .,-+'()[]_".indexOf(c) >= 0 ? c : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    public String field() {
        return field;
    }

    /** The fault and the rule, without the name of the field. */
    public String description() {
        return description;
    }
}
