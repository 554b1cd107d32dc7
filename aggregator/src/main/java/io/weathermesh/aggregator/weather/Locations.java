package io.weathermesh.aggregator.weather;

import com.google.type.LatLng;
import io.weathermesh.aggregator.places.Language;
import io.weathermesh.aggregator.places.Place;
import io.weathermesh.proto.weather.v1.Location;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Places as messages of the contract. */
final class Locations {
    /** Coordinates have the time zone of the nearest place within this distance. */
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

    /** Bare coordinates: they have no country, and the time zone of a place nearby. */
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

    /** A number without an exponent and without trailing zeros. */
    static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
