package io.weathermesh.local.fleet;

import java.time.Duration;

/**
 * The limits of the fleet.
 *
 * @param replaceAfter delay before a task that died is replaced; ECS takes tens of seconds
 * @param stopTimeout time between SIGTERM and SIGKILL
 * @param startPeriod time after which a task that has never been healthy is stopped
 * @param unhealthyLimit time after which an unhealthy task is stopped
 * @param maxStarting number of tasks that may start at the same time: starting JVMs compete for the processors
 */
public record FleetRules(
        Duration replaceAfter, Duration stopTimeout, Duration startPeriod, Duration unhealthyLimit, int maxStarting) {
    public FleetRules {
        if (maxStarting < 1) {
            throw new IllegalArgumentException("maxStarting is " + maxStarting + ", but must be 1 or more");
        }
    }

    /** As deployed: a start period of 60 s, then three checks in a row that fail, 20 s apart. */
    private static final Duration DEPLOYED_START = Duration.ofSeconds(60 + 3 * 20);

    /** ECS's limit of a start period. */
    private static final Duration MAX_START = Duration.ofSeconds(300 + 3 * 20);

    /** As ECS does it; on a slow machine with a longer start period, as far as ECS allows it. */
    public static FleetRules of(Duration replaceAfter, Duration stopTimeout, int processors, Slowness slowness) {
        Duration start = slowness.stretch(DEPLOYED_START);
        return new FleetRules(
                replaceAfter,
                stopTimeout,
                start.compareTo(MAX_START) < 0 ? start : MAX_START,
                Duration.ofMinutes(2),
                Math.max(6, 2 * processors));
    }
}
