package io.weathermesh.mesh;

import io.weathermesh.mesh.Lookup.Found;
import java.time.Duration;
import java.util.List;

/**
 * Distinguishes a new answer from one that a cache repeats. Only new answers are independent samples, so only they may
 * count against a task.
 *
 * <p>Not safe for use by several threads.
 */
final class AnswerFreshness {
    /** TTLs are whole seconds: a cache may repeat an answer for up to one more. */
    private static final long ROUNDING_NANOS = Duration.ofSeconds(1).toNanos();

    /** A cache may keep an answer for longer than a watcher waits, but an answer must not be ignored for ever. */
    private static final Duration MAX_LIFE = Duration.ofHours(1);

    private List<TaskAddress> last = List.of();
    private long expiresNanos;

    boolean isFresh(Found answer, long nowNanos) {
        List<TaskAddress> tasks =
                answer.tasks().stream().sorted(TaskAddress.ORDER).toList();
        long sinceExpiry = nowNanos - expiresNanos;
        boolean fresh = last.isEmpty() || sinceExpiry >= (tasks.equals(last) ? ROUNDING_NANOS : 0);
        if (fresh) {
            last = tasks;
            expiresNanos = nowNanos + PollDelays.clamp(answer.ttl(), MAX_LIFE).toNanos();
        }
        return fresh;
    }
}
