package io.weathermesh.aggregator.places;

import org.jspecify.annotations.Nullable;

/**
 * A state, province or the like.
 *
 * @param names its names
 * @param code the part behind the country in its ISO 3166-2 code, such as {@code TX}; null if it is unknown
 */
public record Region(Names names, @Nullable String code) {}
