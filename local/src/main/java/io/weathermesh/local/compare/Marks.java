package io.weathermesh.local.compare;

import java.util.LinkedHashMap;
import java.util.Map;

/** When something happened on the stage, by the clock that all processes of a machine share ({@link System#nanoTime}). */
final class Marks {
    private final Map<String, Long> added = new LinkedHashMap<>();
    private final Map<String, Long> removed = new LinkedHashMap<>();
    private long beginNanos;
    private long endNanos;

    void begin() {
        beginNanos = System.nanoTime();
        added.clear();
        removed.clear();
    }

    void end() {
        endNanos = System.nanoTime();
    }

    void added(String task) {
        added.put(task, System.nanoTime());
    }

    void removed(String task) {
        removed.put(task, System.nanoTime());
    }

    long beginNanos() {
        return beginNanos;
    }

    long endNanos() {
        return endNanos;
    }

    /** When tasks were shown in DNS, since the beginning. */
    Map<String, Long> added() {
        return added;
    }

    /** When tasks were taken out of DNS, since the beginning. */
    Map<String, Long> removed() {
        return removed;
    }
}
