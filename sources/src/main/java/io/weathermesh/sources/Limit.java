package io.weathermesh.sources;

import java.time.Duration;

/**
 * How often a source may be asked.
 *
 * @param calls at most so many, 1 or more
 * @param window within each span of this length, counted from the epoch: a day is one of UTC
 */
record Limit(int calls, Duration window) {
    /** One task's part, where several share the limit: fewer calls or, where there are more tasks than calls, rarer ones. */
    Limit sharedBy(int tasks) {
        return calls >= tasks
                ? new Limit(calls / tasks, window)
                : new Limit(1, window.multipliedBy((tasks + calls - 1) / calls));
    }
}
