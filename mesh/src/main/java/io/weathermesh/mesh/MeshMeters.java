package io.weathermesh.mesh;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** The meters of one process, and how the admin port shows them. */
public final class MeshMeters {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private MeshMeters() {}

    /** No meters yet. */
    public static MeshMeters create() {
        return new MeshMeters();
    }

    /** Meters that already watch the memory, collections, threads and processor time of this JVM. */
    @SuppressWarnings("resource") // The collector's listener lives as long as the JVM that it listens to.
    public static MeshMeters ofProcess() {
        MeshMeters meters = create();
        new JvmMemoryMetrics().bindTo(meters.registry);
        new JvmGcMetrics().bindTo(meters.registry);
        new JvmThreadMetrics().bindTo(meters.registry);
        new ProcessorMetrics().bindTo(meters.registry);
        return meters;
    }

    /** Where a service registers meters of its own. */
    public MeterRegistry registry() {
        return registry;
    }

    /** All meters in Prometheus' text format. */
    String scrape() {
        return registry.scrape();
    }
}
