package io.weathermesh.local;

import io.weathermesh.local.fleet.EventLog;
import java.io.PrintStream;
import java.time.Clock;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;

/** Prints each event as a line with the time. */
record Console(PrintStream out, Clock clock) implements EventLog {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.S");

    @Override
    public void log(String subject, String event) {
        out.printf("%s  %-23s %s%n", LocalTime.now(clock).format(TIME), subject, event);
    }
}
