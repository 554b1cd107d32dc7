package io.weathermesh.local.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether the promises were kept, in words. */
record Verdict(Tally.Result result, List<String> missing) {
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
        broken.addAll(missing);
        return broken;
    }

    String text() {
        List<String> broken = broken();
        return String.format(
                Locale.ROOT,
                "asked %d, failed %d (%.3f %%) %s, wrong %d, longest gap %.2f s, median %.1f ms, p99 %.1f ms%n%s",
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
