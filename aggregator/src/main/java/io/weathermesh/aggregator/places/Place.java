package io.weathermesh.aggregator.places;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place that can be asked for.
 *
 * @param names what it is called, by language
 * @param otherNames other spellings, and names in languages that are not told apart; may be empty
 * @param country the country that it is in
 * @param region state, province or the like; null where it is not known
 * @param latitude degrees, WGS 84
 * @param longitude degrees, WGS 84
 * @param elevationMeters height of the ground above mean sea level; null where it is not known
 * @param timeZone IANA name; null where it is not known
 * @param population people who live there, roughly; null where it is not known
 * @param prominence orders places of one name, the greatest first; comparable within a gazetteer and says nothing else
 * @param icaoCode of an airport; null for all else
 * @param iataCode of an airport that has one; null for all else
 * @param gazetteer the list that the place is from
 */
public record Place(
        Names names,
        List<String> otherNames,
        Country country,
        @Nullable Region region,
        double latitude,
        double longitude,
        @Nullable Double elevationMeters,
        @Nullable String timeZone,
        @Nullable Integer population,
        int prominence,
        @Nullable String icaoCode,
        @Nullable String iataCode,
        String gazetteer) {

    public Place {
        otherNames = List.copyOf(otherNames);
    }

    /** The name in English. */
    public String name() {
        return names.english();
    }

    /** The name in a language, or in English where it is not known in that one. */
    public String name(Language language) {
        return names.in(language);
    }

    /** ISO 3166-1 alpha-2. */
    public String countryCode() {
        return country.code();
    }

    /** The region's name in a language; null where the region is not known. */
    public @Nullable String regionName(Language language) {
        return region == null ? null : region.names().in(language);
    }

    Place withTimeZone(@Nullable String zone) {
        return new Place(
                names,
                otherNames,
                country,
                region,
                latitude,
                longitude,
                elevationMeters,
                zone,
                population,
                prominence,
                icaoCode,
                iataCode,
                gazetteer);
    }

    /** How far away coordinates are, along a great circle. */
    public double kilometersTo(double toLatitude, double toLongitude) {
        return Distance.kilometers(toLatitude, toLongitude, latitude, longitude);
    }

    /** Name, region and country in English: {@code Paris, Texas, United States}. */
    public String displayName() {
        return displayName(Language.ENGLISH);
    }

    /** Name, region and country, as far as they differ. */
    public String displayName(Language language) {
        String name = name(language);
        String inCountry = country.names().in(language);
        String inRegion = regionName(language);
        String middle = inRegion == null || inRegion.equals(name) ? "" : ", " + inRegion;
        return name.equals(inCountry) && middle.isEmpty() ? name : name + middle + ", " + inCountry;
    }
}
