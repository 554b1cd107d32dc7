package io.weathermesh.sources;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A map that forgets what was used longest ago. Safe for use by many threads.
 *
 * @param <K> what is looked up
 * @param <V> what is known of it
 */
final class Bounded<K, V> {
    private final Map<K, V> entries;

    Bounded(int max) {
        entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > max;
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
