package io.weathermesh.aggregator.weather;

import io.weathermesh.proto.weather.v1.Weather;
import java.time.Instant;

/** One who looks at a stream. Its methods are called one at a time, never block, and never call back. */
public interface WeatherViewer {
    /** Whether it has taken what it was given. What is news meanwhile is replaced by what is newer. */
    boolean isReady();

    /** The weather, or what it changed to. */
    void weather(Weather weather);

    /** Nothing has changed up to this instant. */
    void heartbeat(Instant now);

    /** The stream is over; nothing follows. */
    void ended(RuntimeException reason);
}
