package io.weathermesh.aggregator.places;

import org.jspecify.annotations.Nullable;

/**
 * A place by name.
 *
 * @param text "City", "City, Country" or "City, Region, Country"; 1 to 200 characters, not only punctuation
 * @param countryCode narrows to a country, ISO 3166-1 alpha-2; null for all
 */
public record PlaceQuery(String text, @Nullable String countryCode) {
    /** The longest name of a place on Earth has 85 letters; region and country come on top. */
    public static final int MAX_LENGTH = 200;
}
