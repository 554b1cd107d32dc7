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
 * The instances of a namespace as DNS has them: every change becomes visible after the lag, in order.
 *
 * <p>Safe for use by many threads.
 */
final class Registry {
    /** Cloud Map's fixed quota of instances for a service. */
    static final int MAX_INSTANCES = 1_000;

    /** Bounds the memory; far above the number of changes of a fleet in any lag. */
    private static final int MAX_PENDING = 10_000;

    private record Change(long madeNanos, Runnable apply) {}

    private final LongSupplier nanoTime;
    private final Map<String, Map<String, Instance>> visible = new TreeMap<>();
    private final Queue<Change> pending = new ArrayDeque<>();
    private long lagNanos;

    /**
     * @param nanoTime as {@link System#nanoTime}
     */
    Registry(LongSupplier nanoTime, Duration lag) {
        this.nanoTime = nanoTime;
        this.lagNanos = lag.toNanos();
    }

    /** Applies to every change that is not visible yet. */
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

    /** The visible instances of a service; empty if its name does not exist. */
    synchronized List<Instance> instancesOf(String service) {
        settle();
        Collection<Instance> instances = visible.getOrDefault(service, Map.of()).values();
        return List.copyOf(instances);
    }

    private void later(Runnable change) {
        settle();
        if (pending.size() >= MAX_PENDING) {
            throw new IllegalStateException("more than " + MAX_PENDING + " changes are pending");
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
