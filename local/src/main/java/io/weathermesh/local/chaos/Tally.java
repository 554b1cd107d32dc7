package io.weathermesh.local.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the questions. An answer counts as good only if it is complete and right. Safe for use by many threads.
 */
final class Tally {
    private static final int MOST_EXAMPLES = 5;

    private final List<Long> goodNanos = new ArrayList<>();
    private final List<Integer> tookMicros = new ArrayList<>();
    private final Map<String, Integer> failures = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private int asked;
    private int wrongCount;

    synchronized void asked() {
        asked++;
    }

    /** A right and complete answer, at an instant of {@link System#nanoTime}. */
    synchronized void good(long nanos, long tookNanos) {
        goodNanos.add(nanos);
        tookMicros.add((int) (tookNanos / 1_000));
    }

    synchronized void failed(String how) {
        failures.merge(how, 1, Integer::sum);
    }

    synchronized void wrong(String what) {
        wrongCount++;
        if (wrong.size() < MOST_EXAMPLES) {
            wrong.add(what);
        }
    }

    /** What is left when all have been answered. */
    synchronized Result result(long startNanos, long endNanos) {
        List<Long> good = new ArrayList<>(goodNanos);
        good.add(endNanos);
        Collections.sort(good);
        long gap = 0;
        long before = startNanos;
        for (long next : good) {
            gap = Math.max(gap, next - before);
            before = next;
        }
        List<Integer> took = new ArrayList<>(tookMicros);
        Collections.sort(took);
        return new Result(
                asked,
                goodNanos.size(),
                Map.copyOf(failures),
                wrongCount,
                List.copyOf(wrong),
                gap / 1e9,
                at(took, 0.5),
                at(took, 0.99));
    }

    private static double at(List<Integer> sorted, double share) {
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size())) / 1_000.0;
    }

    /**
     * The numbers.
     *
     * @param failures how many, by how
     * @param examples of wrong answers
     * @param gapSeconds the longest time without a good answer
     */
    record Result(
            int asked,
            int good,
            Map<String, Integer> failures,
            int wrong,
            List<String> examples,
            double gapSeconds,
            double medianMillis,
            double p99Millis) {
        int failed() {
            return failures.values().stream().mapToInt(Integer::intValue).sum();
        }

        double failedPercent() {
            return asked == 0 ? 0 : 100.0 * failed() / asked;
        }
    }
}
