package io.weathermesh.mesh;

import java.time.Duration;
import java.util.List;

/** What a source of addresses says when it is asked: tasks, or why it cannot tell. */
sealed interface Lookup {
    /**
     * The service has tasks.
     *
     * @param tasks at least one, without repetition
     * @param complete whether these are all tasks, or may be a sample of them
     * @param ttl how long the same answer would be given again; not negative
     */
    record Found(List<TaskAddress> tasks, boolean complete, Duration ttl) implements Lookup {
        public Found {
            tasks = List.copyOf(tasks);
            if (tasks.isEmpty()) {
                throw new IllegalArgumentException(
                        "an answer without tasks is a failure: it never drops tasks that answer");
            }
            if (ttl.isNegative()) {
                throw new IllegalArgumentException("ttl is " + ttl + ", but must be 0 or more");
            }
        }
    }

    /**
     * The source cannot tell, which says nothing about the tasks.
     *
     * @param reason one word for meters
     * @param detail a clause for the log
     */
    record Failed(Reason reason, String detail) implements Lookup {}

    /** Why a source cannot tell. */
    enum Reason {
        /** The name does not exist. */
        NXDOMAIN,
        /** The name exists and has no address. */
        EMPTY,
        /** The name server failed. */
        SERVFAIL,
        /** The name server refused, or has another complaint. */
        REFUSED,
        /** Nobody answered in time. */
        TIMEOUT,
        /** What came back is not an answer to the question. */
        GARBAGE,
        /** All addresses are outside the range that may be dialled. */
        NOT_ALLOWED,
        /** The API of the registry did not complete a sample. */
        API,
        /** Anything else. */
        ERROR
    }
}
