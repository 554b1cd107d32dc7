package io.weathermesh.local.trials.compare;

import io.grpc.Status;

/**
 * One call of a client.
 *
 * @param startNanos by {@link System#nanoTime}, which all processes of a machine share
 * @param lateNanos between the time when the call was due and its start: grows only when the machine stalls
 * @param tookNanos from its start to its end
 * @param code its status
 * @param task the address that answered; empty if none did
 * @param connection the client's port of the connection with the answer; 0 if there was none
 * @param attempts how many times it was sent
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

    /** As a line of the client's log. */
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
