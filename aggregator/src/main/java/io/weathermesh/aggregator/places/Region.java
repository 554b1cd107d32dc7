package io.weathermesh.aggregator.places;

import org.jspecify.annotations.Nullable;

/**
 * A state, province or the like.
 *
 * @param names what it is called
 * @param code the part behind the country in its ISO 3166-2 code, such as {@code TX}; null where it is not known
 */
record Region(Names names, @Nullable String code) {}
