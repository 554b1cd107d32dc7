package io.weathermesh.aggregator.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bounded cache with meters. It evicts entries for room only, the least useful first: the user of an entry decides
 * whether the entry has expired, and counts the result. Safe for use by many threads.
 */
public final class MeteredCache<K, V> {
    /** The result of a lookup. */
    public enum Result {
        /** The value was in the cache and had not expired. */
        HIT,
        /** The value was not in the cache, or had expired. */
        MISS,
        /** The value was not in the cache, but a call for it was in flight. */
        SHARED,
        /** A call for the value failed, and an expired value replaced it. */
        STALE,
        /** A call for the value failed, and the cache had no value to replace it. */
        UNAVAILABLE
    }

    private final Cache<K, V> entries;
    private final long maxSize;
    private final String unit;
    private final Map<Result, Counter> results = new EnumMap<>(Result.class);

    private MeteredCache(
            String name, long maxSize, String unit, Weigher<K, V> size, EnumSet<Result> counted, CacheMeters meters) {
        this.maxSize = maxSize;
        this.unit = unit;
        entries = Caffeine.newBuilder()
                .maximumWeight(maxSize)
                .weigher(size)
                .executor(Runnable::run) // Evictions are cheap, and a pool of threads would not be.
                .build();
        for (Result result : counted) {
            results.put(
                    result,
                    Counter.builder("gateway.cache.lookups")
                            .description("lookups in a cache, by result")
                            .tag("cache", name)
                            .tag("result", nameOf(result))
                            .register(meters.registry()));
        }
        Gauge.builder("gateway.cache.size", this, MeteredCache::size)
                .description("the size of a cache, in the unit of its limit")
                .tag("cache", name)
                .baseUnit(unit)
                .register(meters.registry());
        meters.add(name, this::line);
    }

    /** A cache of values that are either in it or not. */
    public static <K, V> MeteredCache<K, V> of(String name, int maxEntries, CacheMeters meters) {
        return new MeteredCache<>(
                name, maxEntries, "entries", Weigher.singletonWeigher(), EnumSet.of(Result.HIT, Result.MISS), meters);
    }

    /** A cache in front of calls, which are shared and can fail. */
    public static <K, V> MeteredCache<K, V> ofCalls(String name, int maxEntries, CacheMeters meters) {
        return new MeteredCache<>(
                name, maxEntries, "entries", Weigher.singletonWeigher(), EnumSet.allOf(Result.class), meters);
    }

    /** A cache with a limit in bytes. */
    public static <K, V> MeteredCache<K, V> ofBytes(
            String name, long maxBytes, Weigher<K, V> bytes, CacheMeters meters) {
        return new MeteredCache<>(name, maxBytes, "bytes", bytes, EnumSet.of(Result.HIT, Result.MISS), meters);
    }

    /** The cached value, which may have expired; null if there is none. */
    public @Nullable V get(K key) {
        return entries.getIfPresent(key);
    }

    public void put(K key, V value) {
        entries.put(key, value);
    }

    public void count(Result result) {
        Counter counter = results.get(result);
        if (counter != null) {
            counter.increment();
        }
    }

    private long size() {
        return entries.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElseGet(entries::estimatedSize))
                .orElseThrow();
    }

    private String line() {
        StringBuilder line = new StringBuilder();
        line.append(size()).append(" of at most ").append(maxSize).append(' ').append(unit);
        results.forEach((result, counter) ->
                line.append(", ").append(nameOf(result)).append(' ').append((long) counter.count()));
        return line.toString();
    }

    private static String nameOf(Result result) {
        return result.name().toLowerCase(Locale.ROOT);
    }
}
