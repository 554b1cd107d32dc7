package io.weathermesh.sources;

import java.time.Duration;

/**
 * What a caller wants to be told of as it changes.
 *
 * @param point where
 * @param minInterval the least time between two readings
 * @param heartbeatInterval the longest silence
 */
public record WatchQuestion(GeoPoint point, Duration minInterval, Duration heartbeatInterval) {
    static final Duration DEFAULT_MIN_INTERVAL = Duration.ofSeconds(10);
    static final Duration MAX_MIN_INTERVAL = Duration.ofHours(1);
    static final Duration DEFAULT_HEARTBEAT = Duration.ofSeconds(15);

    /** Longer silences get connections cut by what stands between. */
    static final Duration MAX_HEARTBEAT = Duration.ofMinutes(5);
}
