package io.weathermesh.aggregator.providers;

import com.google.protobuf.Timestamp;
import io.weathermesh.proto.common.v1.Point;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Asks for the reading at a point once, however many want to know at the same time, as {@link SingleFlight} says.
 * Instants are not told apart: those who share a call came within the time that one may take.
 *
 * <p>Batches are passed on as they are: a batch of points in flight elsewhere is rare, and waiting for them would make it
 * as slow as the slowest.
 */
final class SharedReadings implements Readings {
    private final Readings source;
    private final SingleFlight<Reading> shared;

    SharedReadings(Readings source, SingleFlight<Reading> shared) {
        this.source = source;
        this.shared = shared;
    }

    @Override
    public CompletableFuture<ProviderResult<Reading>> at(Point point, Timestamp instant) {
        return shared.ask(point, () -> source.at(point, instant));
    }

    @Override
    public CompletableFuture<List<ProviderResult<Reading>>> atEach(List<Point> points, Timestamp instant) {
        return source.atEach(points, instant);
    }
}
