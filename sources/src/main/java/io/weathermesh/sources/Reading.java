package io.weathermesh.sources;

import io.weathermesh.proto.common.v1.Quality;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * Temperature and humidity at a point, from one source in one piece.
 *
 * @param point the point, with the elevation that the values hold for
 * @param temperature degrees Celsius
 * @param humidity percent
 * @param source where it came from
 * @param observeTime the instant that the values are valid for
 * @param fetchTime when the source was asked
 * @param expireTime until when the values may be served again
 * @param distanceMeters to the station, grid point or table place; empty where the source does not tell
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

    /** The same for a point beside it. */
    Reading at(GeoPoint other) {
        return new Reading(
                other, temperature, humidity, source, observeTime, fetchTime, expireTime, distanceMeters, station);
    }

    /** The same with values that have been judged. */
    Reading with(Value judgedTemperature, Value judgedHumidity) {
        return new Reading(
                point,
                judgedTemperature,
                judgedHumidity,
                source,
                observeTime,
                fetchTime,
                expireTime,
                distanceMeters,
                station);
    }

    /** The same source's values for another instant. */
    Reading observedAt(Instant other, Value itsTemperature, Value itsHumidity) {
        return new Reading(
                point, itsTemperature, itsHumidity, source, other, fetchTime, expireTime, distanceMeters, station);
    }

    /** The same, kept until another instant. */
    Reading expiringAt(Instant other) {
        return new Reading(
                point, temperature, humidity, source, observeTime, fetchTime, other, distanceMeters, station);
    }

    /** The same, kept no longer than until an instant. */
    Reading expiringBy(Instant latest) {
        return expireTime.isAfter(latest) ? expiringAt(latest) : this;
    }

    /**
     * One value.
     *
     * @param value in the unit of its quantity
     * @param uncertainty one standard deviation, same unit; empty where nobody has measured it
     * @param quality what is known for or against it
     */
    public record Value(double value, OptionalDouble uncertainty, Quality quality) {}
}
