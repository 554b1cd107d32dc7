package io.weathermesh.aggregator.providers;

import io.weathermesh.proto.common.v1.Point;
import java.util.concurrent.CompletableFuture;

/**
 * What a provider knows of the usual year at points on Earth. A future never fails: what goes wrong is a {@link
 * ProviderResult.Missing}. Takes the deadline and the cancellation of the current {@link io.grpc.Context}; nothing blocks. Safe
 * for use by many threads.
 */
@FunctionalInterface
public interface Years {
    CompletableFuture<ProviderResult<Year>> at(Point point);
}
