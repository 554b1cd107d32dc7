package io.weathermesh.aggregator.places;

/**
 * A country.
 *
 * @param code ISO 3166-1 alpha-2, or {@code XK} for Kosovo
 * @param names its names
 */
public record Country(String code, Names names) {}
