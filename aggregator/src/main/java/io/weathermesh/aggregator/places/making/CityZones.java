package io.weathermesh.aggregator.places.making;

import io.weathermesh.aggregator.places.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The time zones of cities, for airports: the list of airports has zones with other clocks than the towns next to them. */
final class CityZones {
    /** An airport has the clock of the nearest city of its country within this distance. */
    private static final double MAX_SAME_CLOCK_KM = 50;

    /** An airport without a zone of its own has that of the nearest city within this distance. */
    private static final double MAX_NEAR_KM = 200;

    /** A lower bound of the length of a degree of latitude. */
    private static final double MIN_KM_PER_DEGREE = 110;

    private final NavigableMap<Double, List<Place>> byLatitude = new TreeMap<>();

    CityZones(Collection<Place> cities) {
        for (Place city : cities) {
            if (city.timeZone() != null) {
                byLatitude
                        .computeIfAbsent(city.latitude(), any -> new ArrayList<>())
                        .add(city);
            }
        }
    }

    /** @param listed the zone in the list of airports; null if it has none */
    @Nullable
    String at(double latitude, double longitude, String countryCode, @Nullable String listed) {
        String near = nearest(latitude, longitude, MAX_SAME_CLOCK_KM, city -> city.countryCode()
                .equals(countryCode));
        if (near != null) {
            return near;
        }
        return listed == null ? nearest(latitude, longitude, MAX_NEAR_KM, any -> true) : listed;
    }

    private @Nullable String nearest(double latitude, double longitude, double maxKm, Predicate<Place> accepted) {
        double degrees = maxKm / MIN_KM_PER_DEGREE;
        return byLatitude.subMap(latitude - degrees, latitude + degrees).values().stream()
                .flatMap(List::stream)
                .filter(accepted)
                .filter(city -> city.kilometersTo(latitude, longitude) <= maxKm)
                .min(Comparator.comparingDouble(city -> city.kilometersTo(latitude, longitude)))
                .map(Place::timeZone)
                .orElse(null);
    }
}
