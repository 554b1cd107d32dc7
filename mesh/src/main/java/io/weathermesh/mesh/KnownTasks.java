package io.weathermesh.mesh;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tasks of one service, as far as answers have told them.
 *
 * <p>A complete answer replaces what is known, with one doubt: dropping more than half of it takes a second, newly drawn
 * answer that agrees. A sampled answer is added to what is known, and a task is dropped when it has been missing from so many
 * samples in a row that chance explains it once in a hundred million. Only answers count, never time: a name server that is
 * down for an hour drops nobody.
 *
 * <p>Not safe for use by several threads.
 */
final class KnownTasks {
    /**
     * How often chance may drop a task that lives, each time it was seen. A poll sees eight, so a TTL of 10 s makes
     * 69,000 throws a day: one in ten thousand would drop seven living tasks a day, this drops one in four years. The
     * price is that tasks above eight are forgotten late, which costs nothing: nobody is sent to one that is not healthy.
     */
    private static final double FALSE_DROP = 1e-8;

    private static final int LEAST_MISSES = 3;

    /** Where the formula ends: eight of a thousand need 2,294. */
    private static final int MOST_MISSES = 2_400;

    /** The quota of instances of a Cloud Map service. A union must not grow without bound. */
    static final int MOST_TASKS = 1_000;

    private static final class Known {
        private TaskAddress task;
        private int misses;

        Known(TaskAddress task) {
            this.task = task;
        }
    }

    private final Map<InetAddress, Known> known = new HashMap<>();

    /** Tasks that the last complete answer left out and that are kept until another one agrees. */
    private Set<InetAddress> doubted = Set.of();

    /** All tasks, ordered by address. */
    List<TaskAddress> tasks() {
        return known.values().stream()
                .map(entry -> entry.task)
                .sorted(TaskAddress.ORDER)
                .toList();
    }

    /**
     * Takes an answer in.
     *
     * @param fresh whether it was drawn anew, or may be the last answer out of a cache: that one adds tasks but does
     *     not count against the missing
     */
    void take(Lookup.Found answer, boolean fresh) {
        int before = known.size();
        Set<InetAddress> missing = new HashSet<>(known.keySet());
        for (TaskAddress task : answer.tasks()) {
            Known entry = known.computeIfAbsent(task.ip(), ip -> new Known(task));
            entry.task = task.zone().isEmpty() ? entry.task : task; // DNS does not unsay the zone that the API told.
            entry.misses = 0;
            missing.remove(task.ip());
        }
        if (answer.complete()) {
            dropWhatCompleteLeavesOut(missing, before, fresh);
        } else if (fresh) {
            doubted = Set.of();
            dropWhatSamplesLeaveOut(missing, answer.tasks().size());
        }
        forgetBeyondQuota();
    }

    private void dropWhatCompleteLeavesOut(Set<InetAddress> missing, int before, boolean fresh) {
        boolean doubtful = missing.size() > 1 && missing.size() * 2 > before;
        Set<InetAddress> again = new HashSet<>(missing);
        again.retainAll(doubted);
        missing.removeAll(again);
        if (!doubtful) {
            known.keySet().removeAll(missing);
        }
        if (fresh) {
            known.keySet().removeAll(again);
            doubted = doubtful ? missing : Set.of();
        } else {
            // However many tasks the doubted answer brought, out of a cache it does not agree with itself.
            doubted = again;
        }
    }

    private void dropWhatSamplesLeaveOut(Set<InetAddress> missing, int answerSize) {
        int allowed = allowedMisses(answerSize, known.size());
        for (InetAddress ip : missing) {
            Known entry = known.get(ip);
            if (entry != null && ++entry.misses >= allowed) {
                known.remove(ip);
            }
        }
    }

    /** How many samples in a row may miss a living task before it is dropped. */
    static int allowedMisses(int answerSize, int knownSize) {
        if (answerSize >= knownSize) {
            return 1;
        }
        double missedByChance = 1 - (double) answerSize / knownSize;
        double misses = Math.ceil(Math.log(FALSE_DROP) / Math.log(missedByChance));
        return (int) Math.min(MOST_MISSES, Math.max(LEAST_MISSES, misses));
    }

    private void forgetBeyondQuota() {
        if (known.size() <= MOST_TASKS) {
            return;
        }
        Map<InetAddress, Known> kept = new LinkedHashMap<>();
        List<Known> bySight = new ArrayList<>(known.values());
        bySight.sort(Comparator.<Known>comparingInt(entry -> entry.misses)
                .thenComparing(entry -> entry.task, TaskAddress.ORDER));
        bySight.subList(0, MOST_TASKS).forEach(entry -> kept.put(entry.task.ip(), entry));
        known.keySet().retainAll(kept.keySet());
    }
}
