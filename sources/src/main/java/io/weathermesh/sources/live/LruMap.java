package io.weathermesh.sources.live;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A bounded map that evicts the least recently used entry. Safe for use by many threads.
 *
 * @param <K> key
 * @param <V> value
 */
final class LruMap<K, V> {
    private final Map<K, V> entries;

    LruMap(int maxEntries) {
        entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > maxEntries;
            }
        };
    }

    synchronized Optional<V> get(K key) {
        return Optional.ofNullable(entries.get(key));
    }

    synchronized void put(K key, V value) {
        entries.put(key, value);
    }
}
