package io.weathermesh.local.trials.compare;

import io.grpc.Status;

/**
 * One call that a client made.
 *
 * @param startNanos when, by the clock that all processes of a machine share
 * @param lateNanos after it should have been made: only a machine without time to spare is late
 * @param tookNanos until its end
 * @param code how it ended
 * @param task the address that answered; empty if none did
 * @param connection the client's port of the connection that answered; 0 if none did
 * @param attempts how often it was sent
 */
record CallRecord(
        long startNanos, long lateNanos, long tookNanos, Status.Code code, String task, int connection, int attempts) {
    private static final int FIELDS = 7;

    boolean failed() {
        return code != Status.Code.OK;
    }

    long endNanos() {
        return startNanos + tookNanos;
    }

    /** One line of a log. */
    String toLine() {
        return String.join(
                ",",
                Long.toString(startNanos),
                Long.toString(lateNanos),
                Long.toString(tookNanos),
                code.name(),
                task,
                Integer.toString(connection),
                Integer.toString(attempts));
    }

    static CallRecord fromLine(String line) {
        String[] fields = line.split(",", FIELDS);
        return new CallRecord(
                Long.parseLong(fields[0]),
                Long.parseLong(fields[1]),
                Long.parseLong(fields[2]),
                Status.Code.valueOf(fields[3]),
                fields[4],
                Integer.parseInt(fields[5]),
                Integer.parseInt(fields[6]));
    }
}
