package io.weathermesh.aggregator.weather;

import com.google.type.LatLng;
import io.weathermesh.aggregator.places.Language;
import io.weathermesh.aggregator.places.Place;
import io.weathermesh.proto.weather.v1.Location;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells places as the contract does. */
final class Locations {
    /** The nearest place's time zone holds for coordinates this near to it, kilometers. */
    private static final double TIME_ZONE_KM = 200;

    private Locations() {}

    static Location of(Place place, Language language) {
        Location.Builder location = Location.newBuilder()
                .setName(place.name(language))
                .setDisplayName(place.displayName(language))
                .setCoordinates(
                        LatLng.newBuilder().setLatitude(place.latitude()).setLongitude(place.longitude()))
                .setCountryCode(place.countryCode())
                .setGazetteer(place.gazetteer());
        ifPresent(place.elevationMeters(), location::setElevationMeters);
        ifPresent(place.regionName(language), location::setRegion);
        ifPresent(place.timeZone(), location::setTimeZone);
        ifPresent(place.population(), location::setPopulation);
        ifPresent(place.icaoCode(), location::setIcaoCode);
        ifPresent(place.iataCode(), location::setIataCode);
        return location.build();
    }

    private static <T> void ifPresent(@Nullable T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }

    /** Bare coordinates: nobody looked them up, so they have no country; the time zone is that of a place nearby. */
    static Location at(LatLng point, @Nullable Double elevation, List<Place> nearest) {
        String name = number(point.getLatitude()) + ", " + number(point.getLongitude());
        Location.Builder location = Location.newBuilder()
                .setName(name)
                .setDisplayName(name)
                .setCoordinates(point)
                .setGazetteer("coordinates");
        if (elevation != null) {
            location.setElevationMeters(elevation);
        }
        nearest.stream()
                .filter(place -> place.kilometersTo(point.getLatitude(), point.getLongitude()) <= TIME_ZONE_KM)
                .findFirst()
                .ifPresent(place -> ifPresent(place.timeZone(), location::setTimeZone));
        return location.build();
    }

    /** A number as people write it: no exponent, no zeros at the end. */
    static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
