package io.weathermesh.local.dns;

/** How the name server misbehaves, on command. */
enum Fault {
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
    GARBAGE
}
