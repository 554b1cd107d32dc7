package io.weathermesh.aggregator.providers;

import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.common.v1.Source;
import io.weathermesh.proto.weather.v1.Climate;
import io.weathermesh.proto.weather.v1.Weather;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One provider. A future never fails: a failed call is a {@link ProviderResult} without a value. Calls have the deadline
 * and the cancellation of the current {@link io.grpc.Context}. Nothing blocks. Safe for use by many threads.
 */
public interface Provider {
    /** The name of the service, as in DNS. */
    String name();

    CompletableFuture<ProviderResult<Reading<Weather>>> lookup(Point point, Timestamp instant);

    /** A result for each of 1 to 100 points, in order. */
    CompletableFuture<List<ProviderResult<Reading<Weather>>>> lookupEach(List<Point> points, Timestamp instant);

    /**
     * Opens a stream of readings; the cancellation of the current context ends it. Both consumers may be called before this
     * returns.
     */
    void watch(Point point, Consumer<ProviderResult<Reading<Weather>>> onReading, Consumer<Status> onEnd);

    /** Whether it has climates. */
    boolean hasClimates();

    /** @throws IllegalStateException if it has no climates */
    CompletableFuture<ProviderResult<Reading<Climate>>> climate(Point point);

    /** Its sources, in the order in which it uses them. */
    CompletableFuture<ProviderResult<List<Source>>> sources();
}
