package io.weathermesh.sources;

import io.weathermesh.proto.common.v1.Quality;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * Temperature and relative humidity at a point, both from one source.
 *
 * @param point the point, with the elevation that the values hold for
 * @param temperature degrees Celsius
 * @param humidity percent
 * @param source the source of both values
 * @param observeTime the instant that the values are valid for
 * @param fetchTime when the source was read
 * @param expireTime when the values become stale
 * @param distanceMeters to the station, grid point or place of the table; empty if the source does not state it
 * @param station the station that measured; empty unless one did
 */
public record Reading(
        GeoPoint point,
        Value temperature,
        Value humidity,
        SourceDescription source,
        Instant observeTime,
        Instant fetchTime,
        Instant expireTime,
        OptionalDouble distanceMeters,
        String station) {

    /** The same values for another point. */
    public Reading withPoint(GeoPoint other) {
        return new Reading(
                other, temperature, humidity, source, observeTime, fetchTime, expireTime, distanceMeters, station);
    }

    /** The same source's values for an instant. */
    public Reading withValues(Instant time, Value newTemperature, Value newHumidity) {
        return new Reading(
                point, newTemperature, newHumidity, source, time, fetchTime, expireTime, distanceMeters, station);
    }

    /** The same values with another expire time. */
    public Reading expiringAt(Instant other) {
        return new Reading(
                point, temperature, humidity, source, observeTime, fetchTime, other, distanceMeters, station);
    }

    /** The same values, which expire at an instant at the latest. */
    public Reading expiringBy(Instant latest) {
        return expireTime.isAfter(latest) ? expiringAt(latest) : this;
    }

    /**
     * One value.
     *
     * @param value in the unit of its quantity; finite
     * @param uncertainty one standard deviation, in the same unit; empty if it is unknown
     * @param quality how far the value can be trusted
     */
    public record Value(double value, OptionalDouble uncertainty, Quality quality) {
        public Value {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("value is " + value + ", but must be finite");
            }
        }
    }
}
