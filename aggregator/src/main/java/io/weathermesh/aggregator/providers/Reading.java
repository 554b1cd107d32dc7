package io.weathermesh.aggregator.providers;

import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.weather.v1.Weather;
import java.time.Instant;

/**
 * What one provider adds to an answer.
 *
 * @param weather an answer with nothing in it but the provider's own element
 * @param point where the element holds, with its elevation
 * @param provenance where the element came from
 */
public record Reading(Weather weather, Point point, Provenance provenance) {
    public Instant expireTime() {
        return Instant.ofEpochSecond(provenance.getExpireTime().getSeconds());
    }
}
