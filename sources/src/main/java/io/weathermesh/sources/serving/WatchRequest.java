package io.weathermesh.sources.serving;

import io.weathermesh.sources.GeoPoint;
import java.time.Duration;

/**
 * The parsed request of a stream.
 *
 * @param point the point to read
 * @param minInterval the shortest time between two readings
 * @param heartbeatInterval the longest time without an event
 */
public record WatchRequest(GeoPoint point, Duration minInterval, Duration heartbeatInterval) {
    static final Duration DEFAULT_MIN_INTERVAL = Duration.ofSeconds(10);
    static final Duration MAX_MIN_INTERVAL = Duration.ofHours(1);
    static final Duration DEFAULT_HEARTBEAT = Duration.ofSeconds(15);

    /** Proxies close connections that are idle for longer. */
    static final Duration MAX_HEARTBEAT = Duration.ofMinutes(5);
}
