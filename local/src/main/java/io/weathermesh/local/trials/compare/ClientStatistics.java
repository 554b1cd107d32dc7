package io.weathermesh.local.trials.compare;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one client lived through. Times are seconds; what never came is infinite.
 *
 * @param calls made after the scenario began
 * @param failed of them
 * @param failedLate of them, those that began 5 s or more after the fault
 * @param lastFailure when the last failed call ended, after the beginning; 0 if none failed
 * @param worstGap the longest time without a call that ended well
 * @param noticed the longest that a task waited for its first call, after DNS showed it; infinite if one never got any
 * @param left the longest that a task went on getting calls after DNS stopped to show it; infinite if it never stopped
 * @param connections opened after the beginning
 * @param tasks that answered
 * @param skew standard deviation over mean of the calls of these tasks
 * @param attempts sent for each call
 * @param stalled the longest that the machine kept the client from making a call in time
 * @param codes how the failed calls ended
 */
record ClientStatistics(
        int calls,
        int failed,
        int failedLate,
        double lastFailure,
        double worstGap,
        double noticed,
        double left,
        int connections,
        int tasks,
        double skew,
        double attempts,
        double stalled,
        Map<String, Long> codes) {
    private static final double SECOND = 1e9;
    private static final double LATE = 5;

    /** A task that was called until so shortly before the end would have been called on. */
    private static final double STILL = 0.5;

    private record Connection(String task, int port) {}

    static ClientStatistics of(List<CallRecord> all, Timeline timeline) {
        List<CallRecord> calls = all.stream()
                .filter(call -> call.startNanos() >= timeline.beginNanos() && call.startNanos() < timeline.endNanos())
                .toList();
        List<CallRecord> failed = calls.stream().filter(CallRecord::failed).toList();
        Map<String, Long> shares = calls.stream()
                .filter(call -> !call.failed())
                .collect(Collectors.groupingBy(CallRecord::task, TreeMap::new, Collectors.counting()));
        return new ClientStatistics(
                calls.size(),
                failed.size(),
                (int) failed.stream()
                        .filter(call -> seconds(call.startNanos() - timeline.beginNanos()) >= LATE)
                        .count(),
                failed.stream()
                        .mapToDouble(call -> seconds(call.endNanos() - timeline.beginNanos()))
                        .max()
                        .orElse(0),
                worstGap(calls, timeline),
                noticed(calls, timeline),
                left(calls, timeline),
                connections(all, timeline),
                shares.size(),
                skew(shares.values()),
                calls.stream().mapToInt(CallRecord::attempts).average().orElse(0),
                seconds(calls.stream().mapToLong(CallRecord::lateNanos).max().orElse(0)),
                failed.stream()
                        .collect(Collectors.groupingBy(call -> call.code().name(), Collectors.counting())));
    }

    private static double worstGap(List<CallRecord> calls, Timeline timeline) {
        long[] ends = calls.stream()
                .filter(call -> !call.failed())
                .mapToLong(CallRecord::endNanos)
                .sorted()
                .toArray();
        long worst = 0;
        long last = timeline.beginNanos();
        for (long end : ends) {
            worst = Math.max(worst, end - last);
            last = end;
        }
        return seconds(Math.max(worst, timeline.endNanos() - last));
    }

    private static double noticed(List<CallRecord> calls, Timeline timeline) {
        return timeline.added().entrySet().stream()
                .mapToDouble(added -> calls.stream()
                        .filter(call -> call.task().equals(added.getKey()) && !call.failed())
                        .mapToDouble(call -> Math.max(0, seconds(call.endNanos() - added.getValue())))
                        .min()
                        .orElse(Double.POSITIVE_INFINITY))
                .max()
                .orElse(0);
    }

    private static double left(List<CallRecord> calls, Timeline timeline) {
        return timeline.removed().entrySet().stream()
                .mapToDouble(removed -> calls.stream()
                        .filter(call -> call.task().equals(removed.getKey()))
                        .mapToDouble(call -> seconds(timeline.endNanos() - call.startNanos()) < STILL
                                ? Double.POSITIVE_INFINITY
                                : seconds(call.startNanos() - removed.getValue()))
                        .max()
                        .orElse(0))
                .map(seconds -> Math.max(0, seconds))
                .max()
                .orElse(0);
    }

    private static int connections(List<CallRecord> all, Timeline timeline) {
        Set<Connection> before = new HashSet<>();
        Set<Connection> after = new HashSet<>();
        all.stream()
                .filter(call -> call.connection() != 0)
                .forEach(call -> (call.endNanos() < timeline.beginNanos() ? before : after)
                        .add(new Connection(call.task(), call.connection())));
        after.removeAll(before);
        return after.size();
    }

    private static double skew(Collection<Long> shares) {
        double mean = shares.stream().mapToLong(share -> share).average().orElse(0);
        double variance = shares.stream()
                .mapToDouble(share -> (share - mean) * (share - mean))
                .average()
                .orElse(0);
        return mean == 0 ? 0 : Math.sqrt(variance) / mean;
    }

    private static double seconds(long nanos) {
        return nanos / SECOND;
    }

    /** Failed calls in a hundred. */
    double failedPercent() {
        return calls == 0 ? 0 : 100.0 * failed / calls;
    }
}
