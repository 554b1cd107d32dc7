package io.weathermesh.aggregator.weather;

import com.google.protobuf.Timestamp;
import io.weathermesh.proto.common.v1.Point;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What a provider reads at points on Earth. A future never fails: what goes wrong is a {@link Reading.Missing}. Takes the
 * deadline and the cancellation of the current {@link io.grpc.Context}; nothing blocks. Safe for use by many threads.
 */
interface Readings {
    CompletableFuture<Reading<Contribution>> at(Point point, Timestamp instant);

    /** A reading for each point, in order; 1 to {@link WeatherDesk#MAX_BATCH} points. */
    CompletableFuture<List<Reading<Contribution>>> atEach(List<Point> points, Timestamp instant);
}
