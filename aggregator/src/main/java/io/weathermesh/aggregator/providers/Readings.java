package io.weathermesh.aggregator.providers;

import com.google.protobuf.Timestamp;
import io.weathermesh.proto.common.v1.Point;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What a provider reads at points on Earth. A future never fails: what goes wrong is a {@link ProviderResult.Missing}. Takes the
 * deadline and the cancellation of the current {@link io.grpc.Context}; nothing blocks. Safe for use by many threads.
 */
public interface Readings {
    CompletableFuture<ProviderResult<Reading>> at(Point point, Timestamp instant);

    /** A reading for each point, in order; 1 to 100 points. */
    CompletableFuture<List<ProviderResult<Reading>>> atEach(List<Point> points, Timestamp instant);
}
