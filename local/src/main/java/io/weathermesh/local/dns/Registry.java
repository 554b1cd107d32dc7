package io.weathermesh.local.dns;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * The instances of a namespace as DNS shows them: every change, of whatever kind, shows only after a lag, and in order.
 *
 * <p>Safe for use by many threads.
 */
final class Registry {
    /** Cloud Map's fixed quota of instances a service. */
    static final int MAX_INSTANCES = 1_000;

    /** Keeps a feeder that has gone wild from filling the memory; far above what a fleet changes in any lag. */
    private static final int MAX_PENDING = 10_000;

    private record Change(long madeNanos, Runnable apply) {}

    private final LongSupplier nanoTime;
    private final Map<String, Map<String, Instance>> visible = new TreeMap<>();
    private final Queue<Change> pending = new ArrayDeque<>();
    private long lagNanos;

    /**
     * @param nanoTime the time that the lag is measured in, as {@link System#nanoTime}
     */
    Registry(LongSupplier nanoTime, Duration lag) {
        this.nanoTime = nanoTime;
        this.lagNanos = lag.toNanos();
    }

    /** Holds for all changes that do not show yet. */
    synchronized void lag(Duration lag) {
        settle();
        lagNanos = lag.toNanos();
    }

    synchronized void register(Instance instance) {
        later(() -> {
            Map<String, Instance> instances = visible.computeIfAbsent(instance.service(), name -> new TreeMap<>());
            if (instances.size() < MAX_INSTANCES || instances.containsKey(instance.id())) {
                instances.put(instance.id(), instance);
            }
        });
    }

    synchronized void deregister(String service, String id) {
        later(() -> visible.computeIfPresent(service, (name, instances) -> {
            instances.remove(id);
            return instances.isEmpty() ? null : instances;
        }));
    }

    synchronized void health(String service, String id, boolean healthy) {
        later(() -> visible.computeIfPresent(service, (name, instances) -> {
            instances.computeIfPresent(id, (same, instance) -> instance.withHealth(healthy));
            return instances;
        }));
    }

    /** What DNS shows of a service now; empty when the name does not exist. */
    synchronized List<Instance> instancesOf(String service) {
        settle();
        Collection<Instance> instances = visible.getOrDefault(service, Map.of()).values();
        return List.copyOf(instances);
    }

    private void later(Runnable change) {
        settle();
        if (pending.size() >= MAX_PENDING) {
            throw new IllegalStateException("more than " + MAX_PENDING + " changes wait to be shown");
        }
        pending.add(new Change(nanoTime.getAsLong(), change));
    }

    private void settle() {
        long now = nanoTime.getAsLong();
        for (Change next = pending.peek(); next != null && now - next.madeNanos() >= lagNanos; next = pending.peek()) {
            pending.remove();
            next.apply().run();
        }
    }
}
