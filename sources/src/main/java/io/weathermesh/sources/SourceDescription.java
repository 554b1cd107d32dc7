package io.weathermesh.sources;

import io.weathermesh.proto.common.v1.Kind;

/**
 * What a source is and how it must be credited.
 *
 * @param id as settings and answers name it
 * @param title for people
 * @param kind what its values are
 * @param attribution the credit that its licence asks for
 * @param licenseUri where the licence stands
 * @param homepageUri where the source describes itself; empty for an embedded one
 */
public record SourceDescription(
        String id, String title, Kind kind, String attribution, String licenseUri, String homepageUri) {}
