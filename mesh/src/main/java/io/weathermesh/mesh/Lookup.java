package io.weathermesh.mesh;

import java.time.Duration;
import java.util.List;

/** The result of one poll of an address source: tasks, or the reason of the failure. */
sealed interface Lookup {
    /**
     * The service has tasks.
     *
     * @param tasks at least one, without duplicates
     * @param complete whether these are all tasks, or may be a sample of them
     * @param ttl how long a cache may repeat the answer; not negative
     */
    record Found(List<TaskAddress> tasks, boolean complete, Duration ttl) implements Lookup {
        public Found {
            tasks = List.copyOf(tasks);
            if (tasks.isEmpty()) {
                throw new IllegalArgumentException(
                        "tasks is empty, but must have at least one: an empty answer is a failure");
            }
            if (ttl.isNegative()) {
                throw new IllegalArgumentException("ttl is " + ttl + ", but must be 0 or more");
            }
        }
    }

    /**
     * The poll failed, which shows nothing about the tasks.
     *
     * @param reason the reason, for meters
     * @param detail a clause for the log
     */
    record Failed(Reason reason, String detail) implements Lookup {}

    /** The reason of a failure. */
    enum Reason {
        /** The name does not exist. */
        NXDOMAIN,
        /** The name exists and has no address. */
        EMPTY,
        /** The name server failed. */
        SERVFAIL,
        /** The name server refused, or responded with another error. */
        REFUSED,
        /** No response came in time. */
        TIMEOUT,
        /** The response is malformed, or does not answer the query. */
        GARBAGE,
        /** Every address is outside the allowed range. */
        NOT_ALLOWED,
        /** Cloud Map's API did not complete a sample. */
        API,
        /** Anything else. */
        ERROR
    }
}
