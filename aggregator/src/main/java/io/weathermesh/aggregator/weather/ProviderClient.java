package io.weathermesh.aggregator.weather;

import io.grpc.Status;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.common.v1.Source;
import io.weathermesh.proto.weather.v1.Climate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A provider as the gateway asks it. What {@link Readings} promises holds for every method. */
public interface ProviderClient extends Readings {
    /** The service that it is a client of. */
    String name();

    /**
     * Opens a stream of readings in the current context, whose cancellation ends it. Both consumers may be called before
     * this returns.
     */
    void watch(Point point, Consumer<Contribution> onReading, Consumer<Status> onEnd);

    /** The sources that the provider asks, in its order. */
    CompletableFuture<Reading<List<Source>>> sources();

    /** What the provider adds to the usual year; empty for one that knows no usual year. */
    default Optional<CompletableFuture<Reading<Consumer<Climate.Builder>>>> climate(Point point) {
        return Optional.empty();
    }
}
