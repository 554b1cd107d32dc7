package io.weathermesh.local.fleet;

import java.time.Duration;

/**
 * The limits of the fleet.
 *
 * @param replaceAfter how long the place of a task that died stays empty; ECS takes tens of seconds
 * @param stopTimeout when a task that was told SIGTERM and has not exited gets SIGKILL
 * @param startPeriod when a task that has not become healthy is given up
 * @param unhealthyLimit when a task that was healthy and is not any more is stopped
 * @param maxStarting tasks that may start at the same time: JVMs that start fight for the processors
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

    /** ECS allows a start period of 300 s at most: the twin is no kinder than the most patient ECS. */
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
