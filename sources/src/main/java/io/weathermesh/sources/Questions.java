package io.weathermesh.sources;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.type.LatLng;
import io.weathermesh.proto.common.v1.Point;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * Reads the fields that both providers' requests have. What is not allowed becomes a {@link
 * io.grpc.StatusRuntimeException} of INVALID_ARGUMENT that names the field, the value and what is allowed.
 */
public final class Questions {
    /** The most questions of one batch. */
    public static final int MAX_BATCH = 100;

    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    private Questions() {}

    /** The point of a request. */
    public static GeoPoint point(boolean present, Point point) {
        if (!present || !point.hasCoordinates()) {
            throw BadQuestion.of(present ? "point.coordinates" : "point", "is missing", "a latitude and a longitude");
        }
        LatLng coordinates = point.getCoordinates();
        within("point.coordinates.latitude", coordinates.getLatitude(), -90, 90);
        within("point.coordinates.longitude", coordinates.getLongitude(), -180, 180);
        if (!point.hasElevationMeters()) {
            return new GeoPoint(coordinates.getLatitude(), coordinates.getLongitude(), OptionalDouble.empty());
        }
        within(
                "point.elevation_meters",
                point.getElevationMeters(),
                GeoPoint.MIN_ELEVATION_METERS,
                GeoPoint.MAX_ELEVATION_METERS);
        return new GeoPoint(
                coordinates.getLatitude(), coordinates.getLongitude(), OptionalDouble.of(point.getElevationMeters()));
    }

    /** The instant of a request, or now. */
    public static Instant instant(boolean present, Timestamp time, Instant now) {
        if (!present) {
            return now;
        }
        try {
            Instant instant = Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
            if (!instant.isBefore(EARLIEST) && instant.isBefore(LATEST)) {
                return instant;
            }
        } catch (DateTimeException | ArithmeticException e) {
            // Falls through to the one message that this field has.
        }
        throw BadQuestion.of("effective_time", "is " + time.getSeconds() + " s since 1970", "the years 1900 to 2099");
    }

    /** What a stream is asked for. */
    public static WatchQuestion watch(
            boolean pointPresent,
            Point point,
            boolean minPresent,
            Duration minInterval,
            boolean heartbeatPresent,
            Duration heartbeatInterval) {
        return new WatchQuestion(
                point(pointPresent, point),
                interval(
                        "min_interval",
                        minPresent,
                        minInterval,
                        WatchQuestion.DEFAULT_MIN_INTERVAL,
                        WatchQuestion.MAX_MIN_INTERVAL),
                interval(
                        "heartbeat_interval",
                        heartbeatPresent,
                        heartbeatInterval,
                        WatchQuestion.DEFAULT_HEARTBEAT,
                        WatchQuestion.MAX_HEARTBEAT));
    }

    /** An interval of a request, or what goes without saying. */
    private static java.time.Duration interval(
            String field, boolean present, Duration interval, java.time.Duration fallback, java.time.Duration max) {
        if (!present) {
            return fallback;
        }
        java.time.Duration min = java.time.Duration.ofSeconds(1);
        // Before it is added up, which may overflow.
        boolean sane = interval.getSeconds() >= 0 && interval.getSeconds() <= max.toSeconds();
        java.time.Duration value = sane
                ? java.time.Duration.ofSeconds(interval.getSeconds(), interval.getNanos())
                : java.time.Duration.ZERO;
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw BadQuestion.of(
                    field, "is " + interval.getSeconds() + " s", min.toSeconds() + " s to " + max.toSeconds() + " s");
        }
        return value;
    }

    /** Checks the number of questions in a batch. */
    public static void batch(int count) {
        if (count < 1 || count > MAX_BATCH) {
            throw BadQuestion.of("requests", "has " + count + " questions", "1 to " + MAX_BATCH);
        }
    }

    private static void within(String field, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw BadQuestion.of(field, "is " + value, min + " to " + max);
        }
    }
}
