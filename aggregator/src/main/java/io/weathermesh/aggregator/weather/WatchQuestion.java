package io.weathermesh.aggregator.weather;

import com.google.protobuf.util.Durations;
import io.weathermesh.proto.weather.v1.LookupWeatherRequest;
import io.weathermesh.proto.weather.v1.WatchWeatherRequest;
import java.time.Duration;

/**
 * What a stream is asked for.
 *
 * @param place where
 * @param minInterval the least time between two answers
 * @param heartbeatInterval the longest silence
 */
public record WatchQuestion(LookupWeatherRequest place, Duration minInterval, Duration heartbeatInterval) {
    private static final Duration MIN = Duration.ofSeconds(1);
    private static final Duration MAX_INTERVAL = Duration.ofHours(1);
    private static final Duration MAX_HEARTBEAT = Duration.ofMinutes(5);
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);
    private static final Duration DEFAULT_HEARTBEAT = Duration.ofSeconds(15);

    public WatchQuestion {
        within("min_interval", minInterval, MAX_INTERVAL);
        within("heartbeat_interval", heartbeatInterval, MAX_HEARTBEAT);
    }

    /** With the usual intervals. */
    public WatchQuestion(LookupWeatherRequest place) {
        this(place, DEFAULT_INTERVAL, DEFAULT_HEARTBEAT);
    }

    /** As the contract asks. */
    public static WatchQuestion of(WatchWeatherRequest request) {
        return new WatchQuestion(
                request.getRequest(),
                request.hasMinInterval() ? duration(request.getMinInterval()) : DEFAULT_INTERVAL,
                request.hasHeartbeatInterval() ? duration(request.getHeartbeatInterval()) : DEFAULT_HEARTBEAT);
    }

    private static Duration duration(com.google.protobuf.Duration duration) {
        // What is not valid may be too large for a number; the range refuses it in words.
        return Durations.isValid(duration)
                ? Duration.ofSeconds(duration.getSeconds(), duration.getNanos())
                : Duration.ZERO;
    }

    private static void within(String field, Duration value, Duration max) {
        if (value.compareTo(MIN) < 0 || value.compareTo(max) > 0) {
            throw new InvalidFieldException(
                    field, "is not allowed", MIN.toSeconds() + " to " + max.toSeconds() + " seconds");
        }
    }
}
