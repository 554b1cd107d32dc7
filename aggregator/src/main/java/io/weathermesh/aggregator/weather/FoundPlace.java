package io.weathermesh.aggregator.weather;

import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.weather.v1.Location;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * The place of a request.
 *
 * @param location as responses contain it
 * @param alternatives other places with the requested name
 */
record FoundPlace(Location location, List<Location> alternatives) {
    FoundPlace {
        alternatives = List.copyOf(alternatives);
    }

    /** The point that the providers read. */
    Point point() {
        Point.Builder point = Point.newBuilder().setCoordinates(location.getCoordinates());
        if (location.hasElevationMeters()) {
            point.setElevationMeters(location.getElevationMeters());
        }
        return point.build();
    }

    Optional<ZoneId> timeZone() {
        return location.hasTimeZone() ? Optional.of(ZoneId.of(location.getTimeZone())) : Optional.empty();
    }
}
