package io.weathermesh.sources.serving;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.Status;
import com.google.type.LatLng;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.sources.GeoPoint;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * Parses the fields that the requests of all providers share. An invalid field becomes a {@link StatusRuntimeException}
 * with INVALID_ARGUMENT and {@code google.rpc.BadRequest}, which name the field, its value and what it must be.
 */
public final class RequestFields {
    /** The most requests in a batch. */
    public static final int MAX_BATCH = 100;

    private static final Instant MIN_TIME = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant MAX_TIME = Instant.parse("2100-01-01T00:00:00Z");
    private static final java.time.Duration MIN_INTERVAL = java.time.Duration.ofSeconds(1);

    private RequestFields() {}

    /** The point of a request, which is required. */
    public static GeoPoint point(boolean present, Point point) {
        if (!present || !point.hasCoordinates()) {
            throw invalid(present ? "point.coordinates" : "point", "is missing", "have a latitude and a longitude");
        }
        LatLng coordinates = point.getCoordinates();
        requireBetween("point.coordinates.latitude", coordinates.getLatitude(), -90, 90);
        requireBetween("point.coordinates.longitude", coordinates.getLongitude(), -180, 180);
        if (!point.hasElevationMeters()) {
            return new GeoPoint(coordinates.getLatitude(), coordinates.getLongitude(), OptionalDouble.empty());
        }
        requireBetween(
                "point.elevation_meters",
                point.getElevationMeters(),
                GeoPoint.MIN_ELEVATION_METERS,
                GeoPoint.MAX_ELEVATION_METERS);
        return new GeoPoint(
                coordinates.getLatitude(), coordinates.getLongitude(), OptionalDouble.of(point.getElevationMeters()));
    }

    /** The effective time of a request; now if it is absent. */
    public static Instant instant(boolean present, Timestamp time, Instant now) {
        if (!present) {
            return now;
        }
        try {
            Instant instant = Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
            if (!instant.isBefore(MIN_TIME) && instant.isBefore(MAX_TIME)) {
                return instant;
            }
        } catch (DateTimeException | ArithmeticException e) {
            // Out of range too.
        }
        throw invalid("effective_time", "is " + time.getSeconds() + " s since 1970", "be in the years 1900 to 2099");
    }

    /** The fields of a request that opens a stream. */
    public static WatchRequest watch(
            boolean pointPresent,
            Point point,
            boolean minPresent,
            Duration minInterval,
            boolean heartbeatPresent,
            Duration heartbeatInterval) {
        return new WatchRequest(
                point(pointPresent, point),
                interval(
                        "min_interval",
                        minPresent,
                        minInterval,
                        WatchRequest.DEFAULT_MIN_INTERVAL,
                        WatchRequest.MAX_MIN_INTERVAL),
                interval(
                        "heartbeat_interval",
                        heartbeatPresent,
                        heartbeatInterval,
                        WatchRequest.DEFAULT_HEARTBEAT,
                        WatchRequest.MAX_HEARTBEAT));
    }

    private static java.time.Duration interval(
            String field, boolean present, Duration interval, java.time.Duration fallback, java.time.Duration max) {
        if (!present) {
            return fallback;
        }
        // Checked before the seconds and nanoseconds are added, which can overflow.
        boolean addable = interval.getSeconds() >= 0 && interval.getSeconds() <= max.toSeconds();
        java.time.Duration value = addable
                ? java.time.Duration.ofSeconds(interval.getSeconds(), interval.getNanos())
                : java.time.Duration.ZERO;
        if (value.compareTo(MIN_INTERVAL) < 0 || value.compareTo(max) > 0) {
            throw invalid(
                    field,
                    "is " + interval.getSeconds() + " s",
                    "be between " + MIN_INTERVAL.toSeconds() + " s and " + max.toSeconds() + " s");
        }
        return value;
    }

    /** Checks the number of requests in a batch. */
    static void batchSize(int count) {
        if (count < 1 || count > MAX_BATCH) {
            throw invalid("requests", "has " + count + " entries", "have 1 to " + MAX_BATCH);
        }
    }

    private static void requireBetween(String field, double value, int min, int max) {
        if (!(value >= min && value <= max)) {
            throw invalid(field, "is " + value, "be between " + min + " and " + max);
        }
    }

    /**
     * @param field path of the field in the request, such as {@code point.coordinates.latitude}
     * @param problem what is wrong: {@code "is 91.0"}
     * @param requirement what the field must do: {@code "be between -90 and 90"}
     */
    private static StatusRuntimeException invalid(String field, String problem, String requirement) {
        String description = field + " " + problem + ", but must " + requirement;
        return StatusProto.toStatusRuntimeException(Status.newBuilder()
                .setCode(Code.INVALID_ARGUMENT_VALUE)
                .setMessage(description)
                .addDetails(Any.pack(BadRequest.newBuilder()
                        .addFieldViolations(BadRequest.FieldViolation.newBuilder()
                                .setField(field)
                                .setDescription(description))
                        .build()))
                .build());
    }
}
