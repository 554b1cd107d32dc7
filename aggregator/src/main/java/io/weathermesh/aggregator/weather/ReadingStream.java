package io.weathermesh.aggregator.weather;

import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.humidity.v1.HumidityReading;
import io.weathermesh.proto.humidity.v1.HumidityServiceGrpc;
import io.weathermesh.proto.humidity.v1.WatchHumidityRequest;
import io.weathermesh.proto.humidity.v1.WatchHumidityResponse;
import io.weathermesh.proto.temperature.v1.TemperatureReading;
import io.weathermesh.proto.temperature.v1.TemperatureServiceGrpc;
import io.weathermesh.proto.temperature.v1.WatchTemperatureRequest;
import io.weathermesh.proto.temperature.v1.WatchTemperatureResponse;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A provider's stream of readings at one point.
 *
 * @param <T> the provider's reading
 */
@FunctionalInterface
interface ReadingStream<T> {
    /** A minute of silence: a connection that died is found by its transport in seconds, heartbeats only confirm. */
    com.google.protobuf.Duration HEARTBEAT =
            com.google.protobuf.Duration.newBuilder().setSeconds(60).build();

    /** Opens it in the current context, whose cancellation ends it. Both may be called before this returns. */
    void open(Point point, Consumer<T> onReading, Consumer<Status> onEnd);

    static ReadingStream<TemperatureReading> ofTemperature(Channel channel) {
        var stub = TemperatureServiceGrpc.newStub(channel);
        return (point, onReading, onEnd) -> stub.watchTemperature(
                WatchTemperatureRequest.newBuilder()
                        .setPoint(point)
                        .setHeartbeatInterval(HEARTBEAT)
                        .build(),
                events(WatchTemperatureResponse::hasReading, WatchTemperatureResponse::getReading, onReading, onEnd));
    }

    static ReadingStream<HumidityReading> ofHumidity(Channel channel) {
        var stub = HumidityServiceGrpc.newStub(channel);
        return (point, onReading, onEnd) -> stub.watchHumidity(
                WatchHumidityRequest.newBuilder()
                        .setPoint(point)
                        .setHeartbeatInterval(HEARTBEAT)
                        .build(),
                events(WatchHumidityResponse::hasReading, WatchHumidityResponse::getReading, onReading, onEnd));
    }

    private static <E, T> StreamObserver<E> events(
            Predicate<E> isReading, Function<E, T> reading, Consumer<T> onReading, Consumer<Status> onEnd) {
        return new StreamObserver<>() {
            @Override
            public void onNext(E event) {
                if (isReading.test(event)) {
                    onReading.accept(reading.apply(event));
                }
            }

            @Override
            public void onError(Throwable failure) {
                onEnd.accept(Status.fromThrowable(failure));
            }

            @Override
            public void onCompleted() {
                onEnd.accept(Status.UNAVAILABLE);
            }
        };
    }
}
