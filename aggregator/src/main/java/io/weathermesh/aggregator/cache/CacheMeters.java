package io.weathermesh.aggregator.cache;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/** The caches of a gateway, for the meters and for a page. Safe for use by many threads. */
public final class CacheMeters {
    private final MeterRegistry registry;
    private final Map<String, Supplier<String>> lines = new ConcurrentSkipListMap<>();

    public CacheMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    MeterRegistry registry() {
        return registry;
    }

    void add(String cache, Supplier<String> line) {
        lines.put(cache, line);
    }

    /** A page for operators: one line per cache. */
    public String page() {
        if (lines.isEmpty()) {
            return "the cache is off (WEATHER_CACHE)\n";
        }
        StringBuilder page = new StringBuilder();
        lines.forEach((cache, line) ->
                page.append(cache).append(": ").append(line.get()).append('\n'));
        return page.toString();
    }
}
