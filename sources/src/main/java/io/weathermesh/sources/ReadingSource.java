package io.weathermesh.sources;

import io.weathermesh.proto.common.v1.Source;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/**
 * Tells temperature and humidity at a point.
 *
 * <p>A read never blocks the caller. It completes with a {@link SourceFailedException} when this source cannot tell,
 * which says nothing about another source or another moment. Safe for use by many threads.
 */
interface ReadingSource {
    /** Reads both values at a point for an instant. */
    CompletionStage<Reading> read(GeoPoint point, Instant instant);

    /** What this source is. */
    SourceDescription description();

    /** Whether it is asked, as far as the latest reads tell. */
    Source.State state();
}
