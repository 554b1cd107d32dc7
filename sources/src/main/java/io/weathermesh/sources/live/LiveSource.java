package io.weathermesh.sources.live;

import io.weathermesh.proto.common.v1.Source;
import io.weathermesh.sources.GeoPoint;
import io.weathermesh.sources.SourceDescription;
import java.util.concurrent.CompletionStage;

/**
 * A source that is called over the network. Safe for use by many threads.
 *
 * <p>A call never blocks the calling thread. It fails with a {@link io.weathermesh.sources.SourceFailedException} if the
 * source failed, with a {@link NoDataException} if the source has no reading for this point, and with a {@link
 * QuotaExceededException} if the source was not called.
 */
interface LiveSource {
    /** Fetches the readings for a point around now. */
    CompletionStage<ReadingSeries> fetch(GeoPoint point);

    /** The source and its terms. */
    SourceDescription description();

    /** Whether the source is called at present, by the outcome of the latest calls. */
    default Source.State state() {
        return Source.State.STATE_SERVING;
    }
}
