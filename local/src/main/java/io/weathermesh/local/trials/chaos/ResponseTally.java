package io.weathermesh.local.trials.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts responses by their outcome. A response is good only if it is complete and right. Its memory does not grow with
 * their number. Safe for use by many threads.
 */
final class ResponseTally {
    private static final int MAX_EXAMPLES = 5;

    /** The resolution of times: a tenth of a millisecond. */
    private static final long TENTH_NANOS = 100_000;

    /** 10 s, twice the response timeout; longer times count as this. */
    private static final int MAX_TENTHS = 100_000;

    /** The number of good responses by their time in tenths of a millisecond. */
    private final int[] took = new int[MAX_TENTHS + 1];

    private int goodCount;
    private long firstGoodNanos;
    private long lastGoodNanos;
    private long gapNanos;
    private final Map<String, Integer> failures = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private int sent;
    private int wrongCount;

    synchronized void sent() {
        sent++;
    }

    /** A right and complete response, which ended at this {@link System#nanoTime}. */
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
        took[(int) Math.min(MAX_TENTHS, Math.round((double) tookNanos / TENTH_NANOS))]++;
    }

    synchronized void failed(String how) {
        failures.merge(how, 1, Integer::sum);
    }

    synchronized void wrong(String what) {
        wrongCount++;
        if (wrong.size() < MAX_EXAMPLES) {
            wrong.add(what);
        }
    }

    /** The result, when every request has ended. */
    synchronized Result result(long startNanos, long endNanos) {
        long gap = goodCount == 0
                ? endNanos - startNanos
                : Math.max(gapNanos, Math.max(firstGoodNanos - startNanos, endNanos - lastGoodNanos));
        return new Result(
                sent,
                goodCount,
                Map.copyOf(failures),
                wrongCount,
                List.copyOf(wrong),
                gap / 1e9,
                tookMillis(0.5),
                tookMillis(0.99));
    }

    /** The quantile of the good responses' times. */
    private double tookMillis(double quantile) {
        long left = (long) (quantile * goodCount);
        int tenths = 0;
        while (tenths < MAX_TENTHS && left >= took[tenths]) {
            left -= took[tenths];
            tenths++;
        }
        return goodCount == 0 ? 0 : tenths / 10.0;
    }

    /**
     * The counts and times.
     *
     * @param failures the number of failed requests by reason
     * @param examples of wrong responses
     * @param gapSeconds the longest time without a good response
     */
    record Result(
            int sent,
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
            return sent == 0 ? 0 : 100.0 * failed() / sent;
        }
    }
}
