package io.weathermesh.aggregator.providers;

import com.google.protobuf.Message;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.common.v1.Provenance;
import java.time.Duration;
import java.time.Instant;

/**
 * One provider's values for a point.
 *
 * @param <M> the gateway's response that the values are a part of
 * @param part a response with the provider's values and their provenance only
 * @param point the point that the values are valid for, with its elevation
 * @param provenance where the values came from
 */
public record Reading<M extends Message>(M part, Point point, Provenance provenance) {
    /** The weather can change within an hour; until then an old value that is marked as such is better than none. */
    private static final Duration MAX_STALENESS = Duration.ofHours(1);

    /** When it becomes stale. */
    public Instant expireTime() {
        return Instant.ofEpochSecond(provenance.getExpireTime().getSeconds());
    }

    /** When it is too old even in place of a missing value. */
    public Instant uselessTime() {
        return expireTime().plus(MAX_STALENESS);
    }
}
