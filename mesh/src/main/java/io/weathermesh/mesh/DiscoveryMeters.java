package io.weathermesh.mesh;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The meters of the discovery of one service. */
final class DiscoveryMeters {
    private final MeterRegistry registry;
    private final Tags tags;
    private final LongSupplier nanoClock;
    private final AtomicInteger answerSize = new AtomicInteger();
    private final AtomicInteger knownTasks = new AtomicInteger();
    private final AtomicLong lastAnswerNanos;
    private volatile boolean watched = true;
    private final Counter hints;
    private final Counter publishes;
    private final Counter refusedAddresses;

    DiscoveryMeters(String name, MeterRegistry registry, LongSupplier nanoClock) {
        this.registry = registry;
        this.nanoClock = nanoClock;
        tags = Tags.of(Tag.of("name", name));
        lastAnswerNanos = new AtomicLong(nanoClock.getAsLong());
        registry.gauge("mesh.discovery.answer.size", tags, answerSize);
        registry.gauge("mesh.discovery.known.tasks", tags, knownTasks);
        TimeGauge.builder("mesh.discovery.last.answer.age", this, TimeUnit.NANOSECONDS, DiscoveryMeters::ageNanos)
                .tags(tags)
                .strongReference(true)
                .register(registry);
        hints = registry.counter("mesh.discovery.hints", tags);
        publishes = registry.counter("mesh.discovery.publishes", tags);
        refusedAddresses = registry.counter("mesh.discovery.refused.addresses", tags);
    }

    private double ageNanos() {
        return watched ? nanoClock.getAsLong() - lastAnswerNanos.get() : Double.NaN;
    }

    /** The first subscription starts, perhaps again: the age counts from now. */
    void begin() {
        lastAnswerNanos.set(nanoClock.getAsLong());
        watched = true;
    }

    /**
     * The last subscription has ended: nothing is known of the name, and no answer is late. May be called after the {@link
     * #begin} of the next watcher, whose first answer or failure then shows that the name is watched.
     */
    void end() {
        watched = false;
        answerSize.set(0);
        knownTasks.set(0);
    }

    void answered(int size, int known) {
        answerSize.set(size);
        knownTasks.set(known);
        watched = true;
        lastAnswerNanos.set(nanoClock.getAsLong());
    }

    void failed(Lookup.Reason reason) {
        watched = true;
        registry.counter("mesh.discovery.failures", tags.and("reason", reason.name()))
                .increment();
    }

    void hinted() {
        hints.increment();
    }

    void published() {
        publishes.increment();
    }

    void refusedAddress() {
        refusedAddresses.increment();
    }
}
