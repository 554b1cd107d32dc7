package io.weathermesh.aggregator.places;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place of the gazetteer.
 *
 * @param names its names, by language
 * @param otherNames other spellings, and names in unknown languages; may be empty
 * @param country its country
 * @param region state, province or the like; null if it is unknown
 * @param latitude degrees, WGS 84
 * @param longitude degrees, WGS 84
 * @param elevationMeters height of the ground above mean sea level; null if it is unknown
 * @param timeZone IANA name; null if it is unknown
 * @param population its rough number of inhabitants; null if it is unknown
 * @param prominence orders places of one name, the greatest first; see {@link Prominence}
 * @param icaoCode of an airport; null for other places
 * @param iataCode of an airport that has one; null for other places
 * @param gazetteer the list of the place
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

    /** The name in a language, or else in English. */
    public String name(Language language) {
        return names.in(language);
    }

    /** ISO 3166-1 alpha-2. */
    public String countryCode() {
        return country.code();
    }

    /** The region's name in a language; null if the region is unknown. */
    public @Nullable String regionName(Language language) {
        return region == null ? null : region.names().in(language);
    }

    /** The distance of coordinates, along a great circle. */
    public double kilometersTo(double toLatitude, double toLongitude) {
        return Distance.kilometers(toLatitude, toLongitude, latitude, longitude);
    }

    /** Name, region and country in English: {@code Paris, Texas, United States}. */
    public String displayName() {
        return displayName(Language.ENGLISH);
    }

    /**
     * Name, region and country in one language, without repetition: in English if the name or the country is unknown in the
     * requested language, and without a region that is.
     */
    public String displayName(Language language) {
        return names.areKnownIn(language) && country.names().areKnownIn(language)
                ? display(language)
                : display(Language.ENGLISH);
    }

    private String display(Language language) {
        String name = name(language);
        String inCountry = country.names().in(language);
        String inRegion = region != null && region.names().areKnownIn(language) ? regionName(language) : null;
        String middle = inRegion == null || inRegion.equals(name) ? "" : ", " + inRegion;
        return name.equals(inCountry) && middle.isEmpty() ? name : name + middle + ", " + inCountry;
    }
}
