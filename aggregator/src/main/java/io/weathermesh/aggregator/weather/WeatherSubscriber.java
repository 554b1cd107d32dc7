package io.weathermesh.aggregator.weather;

import io.weathermesh.proto.weather.v1.Weather;
import java.time.Instant;

/** The receiver of a stream. Its methods are called one at a time; they must not block, and must not call the stream. */
public interface WeatherSubscriber {
    /** Whether it can take another weather. Until then, a newer weather replaces an older one. */
    boolean isReady();

    /** The current weather, at the start and after every change. */
    void weather(Weather weather);

    /** Nothing has changed up to {@code now}. */
    void heartbeat(Instant now);

    /** The stream has ended; no call follows. */
    void ended(RuntimeException reason);
}
