package io.weathermesh.local.trials.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether the promises were kept, in words.
 *
 * @param struck how many faults have happened
 * @param leftOut how many were in the schedule and have not
 * @param missing what is not as it was in the beginning
 */
record Verdict(ResponseTally.Result result, int struck, int leftOut, List<String> missing) {
    static final double MOST_FAILED_PERCENT = 0.1;
    static final double LONGEST_GAP_SECONDS = 1;

    /** What was broken; empty if nothing was. */
    List<String> broken() {
        List<String> broken = new ArrayList<>();
        if (result.asked() == 0 || result.good() == 0) {
            broken.add("nothing was answered");
        }
        if (result.failedPercent() > MOST_FAILED_PERCENT) {
            broken.add("more than " + MOST_FAILED_PERCENT + " % failed");
        }
        if (result.wrong() > 0) {
            broken.add("answers were wrong: " + result.examples());
        }
        if (result.gapSeconds() > LONGEST_GAP_SECONDS) {
            broken.add("a gap was longer than " + LONGEST_GAP_SECONDS + " s");
        }
        if (leftOut > struck) {
            // A promise that was hardly tried was not kept.
            broken.add("most faults were left out, which needs two tasks of each provider or more");
        }
        broken.addAll(missing);
        return broken;
    }

    String text() {
        List<String> broken = broken();
        return String.format(
                Locale.ROOT,
                "struck %d times, left out %d%nasked %d, failed %d (%.3f %%) %s, wrong %d, longest gap %.2f s, median %.1f ms, p99 %.1f ms%n%s",
                struck,
                leftOut,
                result.asked(),
                result.failed(),
                result.failedPercent(),
                result.failures(),
                result.wrong(),
                result.gapSeconds(),
                result.medianMillis(),
                result.p99Millis(),
                broken.isEmpty()
                        ? "All promises were kept, and all tasks serve."
                        : "BROKEN: " + String.join("; ", broken));
    }
}
