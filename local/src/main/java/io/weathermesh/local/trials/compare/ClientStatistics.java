package io.weathermesh.local.trials.compare;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The results of one client. Times are seconds.
 *
 * @param calls made between the beginning and the end of the scenario
 * @param failed number of calls that failed
 * @param failedLate number of failed calls that started 5 s or more after the beginning
 * @param lastFailure when the last failed call ended, after the beginning; 0 if none failed
 * @param worstGap the longest time without the end of a successful call
 * @param noticed the longest time from a task's registration in DNS to its first successful call; infinite if a task
 *     never had one
 * @param left the longest time from a task's deregistration to its last call; infinite if a task was called to the end
 * @param connections opened after the beginning
 * @param tasks that answered
 * @param skew standard deviation over mean of the calls of these tasks
 * @param attempts mean number of attempts a call
 * @param stalled the longest time that the machine delayed the start of a call
 * @param codes the statuses of the failed calls
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
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double LATE_SECONDS = 5;

    /** A task whose last call is this close to the end counts as still called. */
    private static final double STILL_CALLED = 0.5;

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
                        .filter(call -> seconds(call.startNanos() - timeline.beginNanos()) >= LATE_SECONDS)
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
                        .mapToDouble(call -> seconds(timeline.endNanos() - call.startNanos()) < STILL_CALLED
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
        return nanos / NANOS_PER_SECOND;
    }

    double failedPercent() {
        return calls == 0 ? 0 : 100.0 * failed / calls;
    }
}
