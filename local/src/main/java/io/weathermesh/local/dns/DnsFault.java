package io.weathermesh.local.dns;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A fault of the name server. */
public enum DnsFault {
    /** None. */
    OK,
    /** Right answers after a delay, within the timeouts of clients. */
    SLOW,
    /** SERVFAIL to every query. */
    SERVFAIL,
    /** NXDOMAIN to every query. */
    NXDOMAIN,
    /** Empty answers: every name exists and has no records. */
    EMPTY,
    /** No answers. */
    SILENT,
    /** Answers that are no DNS messages. */
    GARBAGE;

    /** The words of all faults: {@code ok, slow} and so on. */
    public static final String WORDS =
            Arrays.stream(values()).map(DnsFault::word).collect(Collectors.joining(", "));

    /** Its name on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if no fault has this name on the command line; the message lists them */
    public static DnsFault of(String word) {
        return Arrays.stream(values())
                .filter(fault -> fault.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("the DNS fault is '" + word + "', but must be one of " + WORDS));
    }
}
