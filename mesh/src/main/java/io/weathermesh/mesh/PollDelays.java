package io.weathermesh.mesh;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next poll. Not safe for use by several threads: its randomness may not be. */
final class PollDelays {
    /** Sooner than this nothing is asked, whatever a TTL says. */
    static final Duration LEAST = Duration.ofSeconds(1);

    /** A TTL longer than this is not believed: a task must not stay unseen for minutes. */
    static final Duration MOST = Duration.ofSeconds(30);

    private static final double BACKOFF = 1.6;
    private static final double BACKOFF_JITTER = 0.2;

    /** The longest wait after failures, jitter and all, unless the TTL is longer. */
    private static final Duration MOST_AFTER_FAILURE = Duration.ofSeconds(5);

    /** The longest wait after failures while calls have no task to go to. */
    private static final Duration MOST_WHILE_CUT_OFF = Duration.ofSeconds(3);

    private final RandomGenerator random;

    PollDelays(RandomGenerator random) {
        this.random = random;
    }

    /** After an answer: its TTL, and then up to a tenth of it, against herds; sooner only the cached answer comes again. */
    Duration afterAnswer(Duration ttl) {
        Duration bounded = clamp(ttl);
        return bounded.plus(times(bounded, random.nextDouble() * MeshTimings.POLL_JITTER));
    }

    /**
     * After failures.
     *
     * @param failures how many in a row, from 1
     * @param ttl of the last answer
     * @param connected whether calls still have a task to go to
     */
    Duration afterFailure(int failures, Duration ttl, boolean connected) {
        Duration most = MOST_WHILE_CUT_OFF;
        if (connected) {
            most = clamp(ttl).compareTo(MOST_AFTER_FAILURE) > 0 ? clamp(ttl) : MOST_AFTER_FAILURE;
        }
        double mostLeasts = (double) most.toNanos() / LEAST.toNanos() / (1 + BACKOFF_JITTER);
        double leasts = Math.min(mostLeasts, Math.pow(BACKOFF, failures - 1.0));
        double jitter = 1 + BACKOFF_JITTER * (2 * random.nextDouble() - 1);
        return times(LEAST, leasts * jitter);
    }

    /** Before the first answer: nobody can be served, so as often as is allowed. */
    Duration beforeFirstAnswer() {
        return times(LEAST, 1 + random.nextDouble() * BACKOFF_JITTER);
    }

    static Duration clamp(Duration ttl) {
        return clamp(ttl, MOST);
    }

    /** A TTL from {@link #LEAST} to {@code most}. */
    static Duration clamp(Duration ttl, Duration most) {
        if (ttl.compareTo(LEAST) < 0) {
            return LEAST;
        }
        return ttl.compareTo(most) > 0 ? most : ttl;
    }

    private static Duration times(Duration duration, double factor) {
        return Duration.ofNanos((long) (duration.toNanos() * factor));
    }
}
