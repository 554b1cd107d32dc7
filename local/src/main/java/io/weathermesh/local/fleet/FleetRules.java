package io.weathermesh.local.fleet;

import java.time.Duration;

/**
 * How patient the fleet is.
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

    /** As ECS would do it, with container checks every 30 s of which three must fail. */
    public static FleetRules of(Duration replaceAfter, Duration stopTimeout, int processors) {
        return new FleetRules(
                replaceAfter, stopTimeout, Duration.ofMinutes(2), Duration.ofMinutes(2), Math.max(6, 2 * processors));
    }
}
