package io.weathermesh.mesh;

import io.grpc.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Times calls by method and code. Keeps its timers: a look-up in the registry costs more than a small call.
 *
 * <p>Method names must come from descriptors, never from the network, or a client could exhaust the memory with names.
 * Safe for use by many threads.
 */
final class CallTimers {
    private static final int CODES = Status.Code.values().length;

    private final String name;
    private final String description;
    private final MeterRegistry registry;
    private final Map<String, AtomicReferenceArray<Timer>> byMethod = new ConcurrentHashMap<>();

    CallTimers(String name, String description, MeterRegistry registry) {
        this.name = name;
        this.description = description;
        this.registry = registry;
    }

    void record(String method, Status.Code code, long nanos) {
        AtomicReferenceArray<Timer> byCode = byMethod.computeIfAbsent(method, any -> new AtomicReferenceArray<>(CODES));
        Timer timer = byCode.get(code.value());
        if (timer == null) {
            timer = register(method, code);
            byCode.set(code.value(), timer);
        }
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer register(String method, Status.Code code) {
        return Timer.builder(name)
                .description(description)
                .tag("method", method)
                .tag("code", code.name())
                .register(registry);
    }
}
