package io.weathermesh.aggregator.providers;

import io.grpc.Status;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.common.v1.Source;
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
    void watch(Point point, Consumer<Reading> onReading, Consumer<Status> onEnd);

    /** The sources that the provider asks, in its order. */
    CompletableFuture<ProviderResult<List<Source>>> sources();

    /** The usual years that the provider knows; empty for one that knows none. */
    default Optional<Years> years() {
        return Optional.empty();
    }
}
