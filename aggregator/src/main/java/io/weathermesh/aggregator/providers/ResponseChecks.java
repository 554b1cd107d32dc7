package io.weathermesh.aggregator.providers;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import com.google.type.LatLng;
import io.weathermesh.proto.common.v1.Kind;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.common.v1.Provenance;
import java.time.Duration;

/** What every provider's response must have beside its values. */
final class ResponseChecks {
    /** A reading for longer is a provider's mistake: the slowest source, a climatology, is valid for a day. */
    private static final Duration MAX_LIFETIME = Duration.ofDays(31);

    /** Sources round coordinates to this many degrees, a kilometer, to share their own caches. */
    private static final double SAME_POINT_DEGREES = 0.01;

    private ResponseChecks() {}

    /** @throws InvalidResponseException if the provenance lacks a part that every value needs, or holds for too long */
    static void check(Provenance provenance, long nowSeconds) throws InvalidResponseException {
        if (provenance.getSource().isEmpty()) {
            throw new InvalidResponseException("has no provenance");
        }
        if (provenance.getKind() == Kind.KIND_UNSPECIFIED || provenance.getKind() == Kind.UNRECOGNIZED) {
            throw new InvalidResponseException("has a provenance without a kind");
        }
        if (!isTime(provenance.hasExpireTime(), provenance.getExpireTime())) {
            throw new InvalidResponseException("has a provenance without a valid expire_time");
        }
        if (provenance.getExpireTime().getSeconds() > nowSeconds + MAX_LIFETIME.toSeconds()) {
            throw new InvalidResponseException("expires more than " + MAX_LIFETIME.toDays() + " days ahead");
        }
        if (isInvalid(provenance.hasUncertainty(), provenance.getUncertainty())
                || isInvalid(provenance.hasDistanceMeters(), provenance.getDistanceMeters())) {
            throw new InvalidResponseException("has a provenance with an invalid number");
        }
    }

    /** @throws InvalidResponseException if the response is for another point than the requested one */
    static void check(Point point, Point requested) throws InvalidResponseException {
        LatLng one = point.getCoordinates();
        LatLng other = requested.getCoordinates();
        double east = Math.abs(one.getLongitude() - other.getLongitude());
        boolean same = Math.abs(one.getLatitude() - other.getLatitude()) <= SAME_POINT_DEGREES
                && Math.min(east, 360 - east) <= SAME_POINT_DEGREES;
        if (!point.hasCoordinates() || !same) {
            throw new InvalidResponseException("is for another point");
        }
    }

    /** @throws InvalidResponseException if the reading has no observe time; only a mean has none */
    static void checkObserveTime(Provenance provenance) throws InvalidResponseException {
        if (!isTime(provenance.hasObserveTime(), provenance.getObserveTime())) {
            throw new InvalidResponseException("has a provenance without a valid observe_time");
        }
    }

    private static boolean isTime(boolean present, Timestamp time) {
        return present && Timestamps.isValid(time);
    }

    private static boolean isInvalid(boolean present, double number) {
        return present && !(number >= 0 && number < Double.POSITIVE_INFINITY);
    }
}
