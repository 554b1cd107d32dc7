package io.weathermesh.mesh;

import java.util.concurrent.CompletionStage;

/**
 * Tells the tasks of one service.
 *
 * <p>A poll takes no longer than {@link MeshTimings#QUERY_TIME}, never blocks the caller, and never completes
 * exceptionally: a source that cannot tell answers {@link Lookup.Failed}. Polls of one source do not overlap.
 */
@FunctionalInterface
interface AddressSource {
    /** Asks once. */
    CompletionStage<Lookup> poll();
}
