package io.weathermesh.mesh;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The delay before the next poll. Not safe for use by several threads: its source of randomness may not be. */
final class PollDelays {
    /** The shortest delay, whatever the TTL is. */
    static final Duration MIN_DELAY = Duration.ofSeconds(1);

    /** The longest delay after an answer, whatever the TTL is: a new task must be noticed within a minute. */
    static final Duration MAX_DELAY = Duration.ofSeconds(30);

    private static final double BACKOFF = 1.6;
    private static final double BACKOFF_JITTER = 0.2;

    /** The longest delay after failures, including jitter, unless the TTL is longer. */
    private static final Duration MAX_AFTER_FAILURE = Duration.ofSeconds(5);

    /** The longest delay after failures while no task is connected. */
    private static final Duration MAX_WHILE_DISCONNECTED = Duration.ofSeconds(3);

    private final RandomGenerator random;

    PollDelays(RandomGenerator random) {
        this.random = random;
    }

    /** After an answer: its TTL, since a cache repeats it until then, and up to a tenth more, so that clients spread. */
    Duration afterAnswer(Duration ttl) {
        Duration bounded = clamp(ttl);
        return bounded.plus(times(bounded, random.nextDouble() * Timing.POLL_JITTER));
    }

    /**
     * After failures.
     *
     * @param failures failures in a row, from 1
     * @param ttl the TTL of the last answer
     * @param connected whether a task is still connected
     */
    Duration afterFailure(int failures, Duration ttl, boolean connected) {
        Duration max = MAX_WHILE_DISCONNECTED;
        if (connected) {
            max = clamp(ttl).compareTo(MAX_AFTER_FAILURE) > 0 ? clamp(ttl) : MAX_AFTER_FAILURE;
        }
        double maxFactor = (double) max.toNanos() / MIN_DELAY.toNanos() / (1 + BACKOFF_JITTER);
        double factor = Math.min(maxFactor, Math.pow(BACKOFF, failures - 1.0));
        double jitter = 1 + BACKOFF_JITTER * (2 * random.nextDouble() - 1);
        return times(MIN_DELAY, factor * jitter);
    }

    /** Before the first answer: no call can be sent, so as soon as allowed. */
    Duration beforeFirstAnswer() {
        return times(MIN_DELAY, 1 + random.nextDouble() * BACKOFF_JITTER);
    }

    static Duration clamp(Duration ttl) {
        return clamp(ttl, MAX_DELAY);
    }

    /** The TTL, but at least {@link #MIN_DELAY} and at most {@code max}. */
    static Duration clamp(Duration ttl, Duration max) {
        if (ttl.compareTo(MIN_DELAY) < 0) {
            return MIN_DELAY;
        }
        return ttl.compareTo(max) > 0 ? max : ttl;
    }

    private static Duration times(Duration duration, double factor) {
        return Duration.ofNanos((long) (duration.toNanos() * factor));
    }
}
