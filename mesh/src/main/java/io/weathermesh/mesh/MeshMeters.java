package io.weathermesh.mesh;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** The meters of one process, which the admin port shows. */
public final class MeshMeters {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private MeshMeters() {}

    /** An empty set of meters. */
    public static MeshMeters create() {
        return new MeshMeters();
    }

    /** Meters with those of the memory, garbage collection, threads and processor time of this JVM. */
    @SuppressWarnings("resource") // The listener of the garbage collector lives as long as the JVM.
    public static MeshMeters ofProcess() {
        MeshMeters meters = create();
        new JvmMemoryMetrics().bindTo(meters.registry);
        new JvmGcMetrics().bindTo(meters.registry);
        new JvmThreadMetrics().bindTo(meters.registry);
        new ProcessorMetrics().bindTo(meters.registry);
        return meters;
    }

    /** The registry, in which a service registers meters of its own. */
    public MeterRegistry registry() {
        return registry;
    }

    /** All meters in the text format of Prometheus. */
    String scrape() {
        return registry.scrape();
    }
}
