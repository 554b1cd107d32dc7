package io.weathermesh.aggregator.weather;

/** A question that cannot be answered as it stands: a field is not allowed. The caller can mend it. */
public final class InvalidFieldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int MAX_SHOWN = 60;

    private final String field;
    private final String found;
    private final String allowed;

    /**
     * @param field the field of the request, by its name in the contract
     * @param found what is wrong with it: {@code "is 91.0"}
     * @param allowed what is allowed, as the end of a sentence
     */
    public InvalidFieldException(String field, String found, String allowed) {
        super(field + " " + found + ", but allowed is " + allowed);
        this.field = field;
        this.found = found;
        this.allowed = allowed;
    }

    /** A field whose value is text that somebody sent: shown only as far as it is harmless. */
    public static InvalidFieldException ofText(String field, String value, String allowed) {
        return new InvalidFieldException(field, "is '" + harmless(value) + "'", allowed);
    }

    /** A field that does not exist; its name, too, is somebody's text. */
    public static InvalidFieldException unknown(String field, String allowed) {
        return new InvalidFieldException(harmless(field), "is not known", allowed);
    }

    /** The same, of a request that is itself a field of another one. */
    public InvalidFieldException in(String outer) {
        return new InvalidFieldException(outer + "." + field, found, allowed);
    }

    private static String harmless(String text) {
        return text.codePoints()
                .limit(MAX_SHOWN)
                .map(c -> Character.isLetterOrDigit(c) || " .,-+'()[]_".indexOf(c) >= 0 ? c : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    public String field() {
        return field;
    }

    /** What is wrong and what is allowed, without the field's name. */
    public String complaint() {
        return found + ", but allowed is " + allowed;
    }
}
