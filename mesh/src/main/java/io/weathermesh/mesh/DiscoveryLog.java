package io.weathermesh.mesh;

import io.weathermesh.mesh.Lookup.Failed;
import io.weathermesh.mesh.Lookup.Found;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs and measures what a watcher sees: a line for each change of state, and meters for everything. A failure that lasts
 * is logged again once a minute, whatever its reasons, since an alarm counts lines and must last as long as the failure.
 */
final class DiscoveryLog {
    /** The interval between two lines of a failure that lasts: the period in which an alarm counts lines. */
    static final Duration FAILURE_INTERVAL = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger("io.weathermesh.mesh.discovery");

    private final String name;
    private final DiscoveryMeters meters;
    private final LongSupplier nanoClock;
    private boolean sampleLogged;
    private boolean failing;
    private long loggedNanos;

    /**
     * @param nanoClock the time of the watcher, in the form of {@link System#nanoTime()}
     */
    DiscoveryLog(String name, DiscoveryMeters meters, LongSupplier nanoClock) {
        this.name = name;
        this.meters = meters;
        this.nanoClock = nanoClock;
    }

    void ended() {
        meters.end();
    }

    void hinted() {
        meters.hinted();
    }

    void answered(Found answer, List<TaskAddress> before, List<TaskAddress> after, boolean recovered) {
        meters.answered(answer.tasks().size(), after.size());
        if (recovered) {
            LOG.info("{}: resolved again", name);
            failing = false;
        }
        if (!answer.complete() && !sampleLogged) {
            sampleLogged = true;
            LOG.info(
                    "{}: answers have {} tasks and may be samples; using their union",
                    name,
                    answer.tasks().size());
        }
        if (!before.equals(after)) {
            LOG.info("{}: {} -> {} tasks ({})", name, before.size(), after.size(), difference(before, after));
        }
    }

    void failed(Failed failure, List<TaskAddress> held) {
        meters.failed(failure.reason());
        long now = nanoClock.getAsLong();
        if (!failing || now - loggedNanos >= FAILURE_INTERVAL.toNanos()) {
            failing = true;
            loggedNanos = now;
            String consequence = held.isEmpty()
                    ? AlarmWords.NO_TASK_KNOWN + "; " + DnsSource.SERVERS_SETTING + " sets the name servers"
                    : AlarmWords.HOLDS_LAST_GOOD_SET + " of " + held.size();
            LOG.warn("{}: {} ({}): {}", name, failure.reason(), failure.detail(), consequence);
        }
    }

    private static String difference(List<TaskAddress> before, List<TaskAddress> after) {
        List<TaskAddress> added = new ArrayList<>(after);
        added.removeAll(before);
        List<TaskAddress> removed = new ArrayList<>(before);
        removed.removeAll(after);
        return Stream.concat(
                        added.stream().map(task -> "+" + task), removed.stream().map(task -> "-" + task))
                .collect(Collectors.joining(" "));
    }
}
