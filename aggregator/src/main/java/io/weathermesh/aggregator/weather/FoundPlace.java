package io.weathermesh.aggregator.weather;

import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.weather.v1.Location;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * The place that a question means.
 *
 * @param location as answers tell it
 * @param alternatives other places that the question may have meant
 */
record FoundPlace(Location location, List<Location> alternatives) {
    FoundPlace {
        alternatives = List.copyOf(alternatives);
    }

    /** What the providers are asked about. */
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
