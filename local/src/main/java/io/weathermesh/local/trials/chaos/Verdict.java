package io.weathermesh.local.trials.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether the system kept its promises.
 *
 * @param injected the number of faults that were injected
 * @param skipped the number of scheduled faults that were not
 * @param notRecovered how the services differ from their state at the start
 */
record Verdict(ResponseTally.Result result, int injected, int skipped, List<String> notRecovered) {
    static final double MAX_FAILED_PERCENT = 0.1;
    static final double MAX_GAP_SECONDS = 1;

    /** The promises that were broken; empty if none was. */
    List<String> broken() {
        List<String> broken = new ArrayList<>();
        if (result.sent() == 0 || result.good() == 0) {
            broken.add("no request had a good response");
        }
        if (result.failedPercent() > MAX_FAILED_PERCENT) {
            broken.add("more than " + MAX_FAILED_PERCENT + " % failed");
        }
        if (result.wrong() > 0) {
            broken.add("responses were wrong: " + result.examples());
        }
        if (result.gapSeconds() > MAX_GAP_SECONDS) {
            broken.add("a gap was longer than " + MAX_GAP_SECONDS + " s");
        }
        if (skipped > injected) {
            // Too few faults to prove a promise.
            broken.add("most faults were skipped: start two tasks or more of each provider");
        }
        broken.addAll(notRecovered);
        return broken;
    }

    String text() {
        List<String> broken = broken();
        return String.format(
                Locale.ROOT,
                "faults: %d injected, %d skipped%nrequests: %d sent, %d failed (%.3f %%) %s, %d wrong, longest gap %.2f s, median %.1f ms, p99 %.1f ms%n%s",
                injected,
                skipped,
                result.sent(),
                result.failed(),
                result.failedPercent(),
                result.failures(),
                result.wrong(),
                result.gapSeconds(),
                result.medianMillis(),
                result.p99Millis(),
                broken.isEmpty()
                        ? "All promises were kept, and all tasks are healthy."
                        : "BROKEN: " + String.join("; ", broken));
    }
}
