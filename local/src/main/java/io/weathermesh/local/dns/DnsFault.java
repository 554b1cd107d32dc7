package io.weathermesh.local.dns;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the name server misbehaves, on command. */
public enum DnsFault {
    /** Not at all. */
    OK,
    /** Right answers, late, but within what clients wait. */
    SLOW,
    /** SERVFAIL to everything. */
    SERVFAIL,
    /** No name exists. */
    NXDOMAIN,
    /** Every name exists and has no records. */
    EMPTY,
    /** No answers at all. */
    SILENT,
    /** Bytes that are no DNS message. */
    GARBAGE;

    /** The words of all, for people: {@code ok, slow} and so on. */
    public static final String WORDS =
            Arrays.stream(values()).map(DnsFault::word).collect(Collectors.joining(", "));

    /** What it is called on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The one that is called so.
     *
     * @throws IllegalArgumentException if none is, with a message for a person
     */
    public static DnsFault of(String word) {
        return Arrays.stream(values())
                .filter(fault -> fault.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("the fault of DNS is '" + word + "', but allowed is " + WORDS));
    }
}
