package io.weathermesh.sources;

import io.weathermesh.proto.common.v1.Source;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/**
 * Reads temperature and relative humidity at points. Safe for use by many threads.
 *
 * <p>A read never blocks the calling thread. It fails with a {@link SourceFailedException} if this source has no reading
 * now; another source, or a later read, may have one.
 */
public interface ReadingSource {
    /** Reads both values at a point for an instant. */
    CompletionStage<Reading> read(GeoPoint point, Instant instant);

    /** The source and its terms. */
    SourceDescription description();

    /** Whether this source is read at present, by the outcome of the latest reads. */
    Source.State state();
}
