package io.weathermesh.sources;

import io.weathermesh.proto.common.v1.Kind;

/**
 * A source and its terms.
 *
 * @param id its name in settings and responses
 * @param title its name for people
 * @param kind the kind of its values
 * @param attribution the credit that its licence requires
 * @param licenseUri address of the licence
 * @param homepageUri address of the source's documentation; empty for an embedded source
 */
public record SourceDescription(
        String id, String title, Kind kind, String attribution, String licenseUri, String homepageUri) {}
