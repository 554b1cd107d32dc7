package io.weathermesh.aggregator.weather;

import io.weathermesh.proto.common.v1.Point;
import java.util.concurrent.CompletableFuture;

/**
 * What a provider knows of the usual year at points on Earth. A future never fails: what goes wrong is a {@link
 * Reading.Missing}. Takes the deadline and the cancellation of the current {@link io.grpc.Context}; nothing blocks. Safe
 * for use by many threads.
 */
@FunctionalInterface
interface Years {
    CompletableFuture<Reading<Year>> at(Point point);
}
