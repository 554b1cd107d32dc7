package io.weathermesh.aggregator.weather;

import com.google.protobuf.util.Durations;
import io.weathermesh.proto.weather.v1.LookupWeatherRequest;
import io.weathermesh.proto.weather.v1.WatchWeatherRequest;
import java.time.Duration;

/**
 * The request that opens a stream.
 *
 * @param place the place of the weather
 * @param minInterval the shortest time between two weathers, 1 second to 1 hour
 * @param heartbeatInterval the longest silence, 1 second to 5 minutes
 */
public record StreamRequest(LookupWeatherRequest place, Duration minInterval, Duration heartbeatInterval) {
    private static final Duration MIN = Duration.ofSeconds(1);
    private static final Duration MAX_INTERVAL = Duration.ofHours(1);
    private static final Duration MAX_HEARTBEAT = Duration.ofMinutes(5);
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);
    private static final Duration DEFAULT_HEARTBEAT = Duration.ofSeconds(15);

    public StreamRequest {
        within("min_interval", minInterval, MAX_INTERVAL);
        within("heartbeat_interval", heartbeatInterval, MAX_HEARTBEAT);
    }

    /** With the default intervals. */
    public StreamRequest(LookupWeatherRequest place) {
        this(place, DEFAULT_INTERVAL, DEFAULT_HEARTBEAT);
    }

    /**
     * @throws InvalidFieldException if an interval is out of its range
     */
    public static StreamRequest of(WatchWeatherRequest request) {
        return new StreamRequest(
                request.getRequest(),
                request.hasMinInterval()
                        ? duration("min_interval", request.getMinInterval(), MAX_INTERVAL)
                        : DEFAULT_INTERVAL,
                request.hasHeartbeatInterval()
                        ? duration("heartbeat_interval", request.getHeartbeatInterval(), MAX_HEARTBEAT)
                        : DEFAULT_HEARTBEAT);
    }

    private static Duration duration(String field, com.google.protobuf.Duration value, Duration max) {
        if (!Durations.isValid(value)) {
            throw invalid(field, "no valid duration", max);
        }
        return Duration.ofSeconds(value.getSeconds(), value.getNanos());
    }

    private static void within(String field, Duration value, Duration max) {
        if (value.compareTo(MIN) < 0 || value.compareTo(max) > 0) {
            throw invalid(field, Locations.number(value.toMillis() / 1e3) + " seconds", max);
        }
    }

    private static InvalidFieldException invalid(String field, String value, Duration max) {
        return new InvalidFieldException(
                field, "is " + value, "be between " + MIN.toSeconds() + " and " + max.toSeconds() + " seconds");
    }
}
