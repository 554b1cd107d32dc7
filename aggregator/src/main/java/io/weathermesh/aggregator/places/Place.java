package io.weathermesh.aggregator.places;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place that can be asked for.
 *
 * @param name in English
 * @param otherNames in other languages and spellings, the native one first; may be empty
 * @param countryCode ISO 3166-1 alpha-2
 * @param region state, province or the like; null where it does not help to tell places apart
 * @param latitude degrees, WGS 84
 * @param longitude degrees, WGS 84
 * @param elevationMeters height of the ground above mean sea level
 * @param timeZone IANA name
 * @param population people who live there, roughly; orders places of one name
 * @param gazetteer the list that the place is from
 */
public record Place(
        String name,
        List<String> otherNames,
        String countryCode,
        @Nullable String region,
        double latitude,
        double longitude,
        double elevationMeters,
        String timeZone,
        int population,
        String gazetteer) {

    public Place {
        otherNames = List.copyOf(otherNames);
    }

    /** How far away coordinates are, along a great circle. */
    public double kilometersTo(double toLatitude, double toLongitude) {
        return Distance.kilometers(toLatitude, toLongitude, this);
    }

    /** Name, region where it helps, and country: {@code Paris, Texas, United States}. */
    public String displayName() {
        String country = Countries.nameOf(countryCode);
        String middle = region == null || region.equals(name) ? "" : ", " + region;
        return name.equals(country) ? name : name + middle + ", " + country;
    }
}
