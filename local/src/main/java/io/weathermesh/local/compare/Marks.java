package io.weathermesh.local.compare;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** When something happened on the stage, by the clock that all processes of a machine share ({@link System#nanoTime}). */
final class Marks {
    private final Map<String, Long> added = new LinkedHashMap<>();
    private final Map<String, Long> removed = new LinkedHashMap<>();
    private final LongSupplier nanoTime;
    private long beginNanos;
    private long endNanos;

    /**
     * @param nanoTime as {@link System#nanoTime}
     */
    Marks(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void begin() {
        beginNanos = nanoTime.getAsLong();
        added.clear();
        removed.clear();
    }

    void end() {
        endNanos = nanoTime.getAsLong();
    }

    void added(String task) {
        added.put(task, nanoTime.getAsLong());
    }

    void removed(String task) {
        removed.put(task, nanoTime.getAsLong());
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
