package io.weathermesh.sources.live;

import java.time.Duration;

/**
 * How often a source may be called.
 *
 * @param calls the most calls in a window, 1 or more
 * @param window the length of a window; windows are aligned to the epoch, so a day is one of UTC
 */
record RateLimit(int calls, Duration window) {
    /** The share of one of several tasks: fewer calls or, if there are more tasks than calls, a longer window. */
    RateLimit sharedBy(int tasks) {
        return calls >= tasks
                ? new RateLimit(calls / tasks, window)
                : new RateLimit(1, window.multipliedBy((tasks + calls - 1) / calls));
    }
}
