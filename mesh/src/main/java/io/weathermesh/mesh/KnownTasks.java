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
 * The tasks of one service, as far as answers have shown them.
 *
 * <p>A complete answer replaces what is known, with one exception: dropping more than half of it takes a second, new
 * answer that agrees. A sample is added to what is known, and a task is dropped when it has been missing from so many
 * samples in a row that chance explains it once in a hundred million. Only answers count, never time: a name server that
 * is down for an hour drops no task.
 *
 * <p>Not safe for use by several threads.
 */
final class KnownTasks {
    /**
     * The probability that chance drops a living task, each time it was seen. A poll sees eight, so a TTL of 10 s makes
     * 69,000 trials a day: 1e-4 would drop seven living tasks a day, this drops one in four years. The price is that
     * fleets above eight forget tasks late, which costs nothing: a task that is not healthy gets no calls.
     */
    private static final double FALSE_DROP = 1e-8;

    private static final int MIN_MISSES = 3;

    /** Above what the formula needs: eight of a thousand take 2,294. */
    private static final int MAX_MISSES = 2_400;

    /** Cloud Map's quota of instances of a service. A union must not grow without bound. */
    static final int MAX_TASKS = 1_000;

    private static final class Known {
        private TaskAddress task;
        private int misses;

        Known(TaskAddress task) {
            this.task = task;
        }
    }

    private final Map<InetAddress, Known> known = new HashMap<>();

    /** Tasks that the last complete answer did not contain, kept until another one agrees. */
    private Set<InetAddress> doubted = Set.of();

    /** All tasks, ordered by address. */
    List<TaskAddress> tasks() {
        return known.values().stream()
                .map(entry -> entry.task)
                .sorted(TaskAddress.ORDER)
                .toList();
    }

    /**
     * Adds an answer.
     *
     * @param fresh false if it may be the last answer repeated by a cache: it adds tasks but does not count against
     *     those that it does not contain
     */
    void add(Lookup.Found answer, boolean fresh) {
        int before = known.size();
        Set<InetAddress> missing = new HashSet<>(known.keySet());
        for (TaskAddress task : answer.tasks()) {
            Known entry = known.computeIfAbsent(task.ip(), ip -> new Known(task));
            entry.task = task.zone().isEmpty() ? entry.task : task; // DNS returns no zone: keep that of the API.
            entry.misses = 0;
            missing.remove(task.ip());
        }
        if (answer.complete()) {
            dropMissingFromComplete(missing, before, fresh);
        } else if (fresh) {
            doubted = Set.of();
            dropMissingFromSample(missing, answer.tasks().size());
        }
        dropBeyondQuota();
    }

    private void dropMissingFromComplete(Set<InetAddress> missing, int before, boolean fresh) {
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
            // An answer that a cache repeats does not confirm itself.
            doubted = again;
        }
    }

    private void dropMissingFromSample(Set<InetAddress> missing, int answerSize) {
        int allowed = allowedMisses(answerSize, known.size());
        for (InetAddress ip : missing) {
            Known entry = known.get(ip);
            if (entry != null && ++entry.misses >= allowed) {
                known.remove(ip);
            }
        }
    }

    /** The number of samples in a row that must miss a task before it is dropped. */
    static int allowedMisses(int answerSize, int knownSize) {
        if (answerSize >= knownSize) {
            return 1;
        }
        double missedByChance = 1 - (double) answerSize / knownSize;
        double misses = Math.ceil(Math.log(FALSE_DROP) / Math.log(missedByChance));
        return (int) Math.min(MAX_MISSES, Math.max(MIN_MISSES, misses));
    }

    private void dropBeyondQuota() {
        if (known.size() <= MAX_TASKS) {
            return;
        }
        Map<InetAddress, Known> kept = new LinkedHashMap<>();
        List<Known> bySight = new ArrayList<>(known.values());
        bySight.sort(Comparator.<Known>comparingInt(entry -> entry.misses)
                .thenComparing(entry -> entry.task, TaskAddress.ORDER));
        bySight.subList(0, MAX_TASKS).forEach(entry -> kept.put(entry.task.ip(), entry));
        known.keySet().retainAll(kept.keySet());
    }
}
