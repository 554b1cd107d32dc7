package io.weathermesh.local.trials.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the questions. An answer counts as good only if it is complete and right. Takes the same memory however
 * many there were. Safe for use by many threads.
 */
final class ResponseTally {
    private static final int MOST_EXAMPLES = 5;

    /** What a verdict tells of a time: tenths of a millisecond. */
    private static final long TENTH_NANOS = 100_000;

    /** 10 s, twice as long as anybody waits for an answer; what took longer counts as this. */
    private static final int LONGEST_TENTHS = 100_000;

    /** How many good answers took so many tenths of a millisecond. */
    private final int[] took = new int[LONGEST_TENTHS + 1];

    private int goodCount;
    private long firstGoodNanos;
    private long lastGoodNanos;
    private long gapNanos;
    private final Map<String, Integer> failures = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private int asked;
    private int wrongCount;

    synchronized void asked() {
        asked++;
    }

    /** A right and complete answer, at an instant of {@link System#nanoTime}. */
    synchronized void good(long nanos, long tookNanos) {
        if (goodCount == 0) {
            firstGoodNanos = nanos;
            lastGoodNanos = nanos;
        }
        goodCount++;
        if (nanos - lastGoodNanos > 0) {
            gapNanos = Math.max(gapNanos, nanos - lastGoodNanos);
            lastGoodNanos = nanos;
        }
        took[(int) Math.min(LONGEST_TENTHS, Math.round((double) tookNanos / TENTH_NANOS))]++;
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
        long gap = goodCount == 0
                ? endNanos - startNanos
                : Math.max(gapNanos, Math.max(firstGoodNanos - startNanos, endNanos - lastGoodNanos));
        return new Result(
                asked,
                goodCount,
                Map.copyOf(failures),
                wrongCount,
                List.copyOf(wrong),
                gap / 1e9,
                tookMillis(0.5),
                tookMillis(0.99));
    }

    /** What so many of the good answers took at most. */
    private double tookMillis(double share) {
        long left = (long) (share * goodCount);
        int tenths = 0;
        while (tenths < LONGEST_TENTHS && left >= took[tenths]) {
            left -= took[tenths];
            tenths++;
        }
        return goodCount == 0 ? 0 : tenths / 10.0;
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
