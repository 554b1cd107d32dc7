package io.weathermesh.mesh;

import java.util.concurrent.CompletionStage;

/**
 * Returns the tasks of one service.
 *
 * <p>A poll takes no longer than {@link Timing#QUERY_TIME}, never blocks the caller, and never completes
 * exceptionally: a failure is a {@link Lookup.Failed}. Callers start a poll of a source only after the one before ended.
 */
@FunctionalInterface
interface AddressSource {
    /** Starts one look-up. */
    CompletionStage<Lookup> poll();
}
