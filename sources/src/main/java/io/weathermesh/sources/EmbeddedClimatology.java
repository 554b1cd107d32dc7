package io.weathermesh.sources;

import io.weathermesh.proto.common.v1.Source;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The climatology as a source: it answers at once, and always. */
final class EmbeddedClimatology implements ReadingSource {
    private final Climatology climatology;
    private final Clock clock;

    EmbeddedClimatology(Climatology climatology, Clock clock) {
        this.climatology = climatology;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Reading> read(GeoPoint point, Instant instant) {
        return CompletableFuture.completedFuture(climatology.read(point, instant, clock.instant()));
    }

    @Override
    public SourceDescription description() {
        return Climatology.DESCRIPTION;
    }

    @Override
    public Source.State state() {
        return Source.State.STATE_SERVING;
    }
}
