package io.weathermesh.sources;

import io.weathermesh.proto.common.v1.Source;
import java.util.concurrent.CompletionStage;

/**
 * A source that is called over the network.
 *
 * <p>A call never blocks the caller. It completes with a {@link SourceFailedException} when this source cannot tell, which
 * says nothing about another source or another moment, with a {@link NothingHereException} when it knows nothing of this
 * place, and with a {@link QuotaSpentException} when it may not be asked now. Safe for use by many threads.
 */
interface LiveSource {
    /** Asks what is known of a place around now. */
    CompletionStage<Course> fetch(GeoPoint place);

    /** What this source is. */
    SourceDescription description();

    /** Whether it is asked, as far as the latest calls tell. */
    default Source.State state() {
        return Source.State.STATE_SERVING;
    }
}
