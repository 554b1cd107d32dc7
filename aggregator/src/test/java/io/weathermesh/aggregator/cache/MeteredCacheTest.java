package io.weathermesh.aggregator.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weathermesh.aggregator.cache.MeteredCache.Result;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class MeteredCacheTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CacheMeters meters = new CacheMeters(registry);

    @Test
    void aFullCacheEvictsEntries() {
        MeteredCache<Integer, Integer> cache = MeteredCache.of("numbers", 100, meters);
        for (int i = 0; i < 1_000; i++) {
            cache.put(i, i);
        }
        assertThat(size("numbers")).isBetween(1, 100);
    }

    @Test
    void aCacheInBytesIsLimitedByTheSizeOfItsEntries() {
        MeteredCache<Integer, String> cache =
                MeteredCache.ofBytes("texts", 1_000, (Integer key, String text) -> text.length(), meters);
        for (int i = 0; i < 100; i++) {
            cache.put(i, "x".repeat(100));
        }
        assertThat(size("texts")).isBetween(100, 1_000);
    }

    @Test
    void aCacheOfCallsCountsEveryResultUnderItsName() {
        MeteredCache<Integer, Integer> cache = MeteredCache.ofCalls("calls", 10, meters);
        cache.count(Result.SHARED);
        assertThat(meters.page())
                .isEqualTo("calls: 0 of at most 10 entries, hit 0, miss 0, shared 1, stale 0, unavailable 0\n");
        assertThat(registry.get("gateway.cache.lookups")
                        .tags("cache", "calls", "result", "shared")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void thePageOfNoCacheNamesTheSetting() {
        assertThat(meters.page()).contains("WEATHER_CACHE");
    }

    private int size(String cache) {
        Matcher line = Pattern.compile(cache + ": (\\d+) of at most .*\n").matcher(meters.page());
        assertThat(line.matches()).as(meters.page()).isTrue();
        return Integer.parseInt(line.group(1));
    }
}
