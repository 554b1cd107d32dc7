package io.weathermesh.local.trials.compare;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** When a scenario did what, by {@link System#nanoTime}, which all processes of a Linux machine share. */
final class Timeline {
    private final Map<String, Long> added = new LinkedHashMap<>();
    private final Map<String, Long> removed = new LinkedHashMap<>();
    private final LongSupplier nanoTime;
    private long beginNanos;
    private long endNanos;

    /** @param nanoTime as {@link System#nanoTime} */
    Timeline(LongSupplier nanoTime) {
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

    /** When tasks were registered in DNS, since {@link #begin}. */
    Map<String, Long> added() {
        return added;
    }

    /** When tasks were deregistered, since {@link #begin}. */
    Map<String, Long> removed() {
        return removed;
    }
}
