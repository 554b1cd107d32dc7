package io.weathermesh.aggregator.weather;

import java.util.Locale;

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

    /** A field with an invalid text from the client, which is quoted. */
    public static InvalidFieldException ofText(String field, String value, String must) {
        return new InvalidFieldException(field, "is '" + quoted(value) + "'", must);
    }

    /** A field that the contract does not have; its name, too, is text from the client. */
    public static InvalidFieldException unknown(String field, String must) {
        return new InvalidFieldException(quoted(field), "is unknown", must);
    }

    /** The same fault in a request that is itself the field {@code outer} of another one. */
    public InvalidFieldException in(String outer) {
        return new InvalidFieldException(outer + "." + field, description);
    }

    /** Text from the client for a message: long text is cut, and an invisible character becomes its escape. */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder();
        text.codePoints().limit(MAX_QUOTED).forEach(c -> {
            if (isVisible(c)) {
                quoted.appendCodePoint(c);
            } else {
                quoted.append(String.format(Locale.ROOT, "\\u{%x}", c));
            }
        });
        return quoted + (text.codePointCount(0, text.length()) > MAX_QUOTED ? "…" : "");
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    public String field() {
        return field;
    }

    /** The fault and the rule, without the name of the field. */
    public String description() {
        return description;
    }
}
