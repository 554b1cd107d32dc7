package io.weathermesh.aggregator.providers;

import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.weather.v1.Climate;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * What one provider adds to the usual year.
 *
 * @param series writes the provider's own values, and where they came from, into a year of twelve months
 * @param provenance where the values came from
 */
public record Year(Consumer<Climate.Builder> series, Provenance provenance) {
    public Instant expireTime() {
        return Instant.ofEpochSecond(provenance.getExpireTime().getSeconds());
    }
}
