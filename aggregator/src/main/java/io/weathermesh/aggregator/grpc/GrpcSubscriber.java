package io.weathermesh.aggregator.grpc;

import com.google.protobuf.Timestamp;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCallStreamObserver;
import io.weathermesh.aggregator.weather.ErrorStatus;
import io.weathermesh.aggregator.weather.StreamRequest;
import io.weathermesh.aggregator.weather.WeatherStream;
import io.weathermesh.aggregator.weather.WeatherStreams;
import io.weathermesh.aggregator.weather.WeatherSubscriber;
import io.weathermesh.proto.weather.v1.WatchWeatherResponse;
import io.weathermesh.proto.weather.v1.Weather;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A gRPC client of a stream. */
final class GrpcSubscriber implements WeatherSubscriber {
    private final ServerCallStreamObserver<WatchWeatherResponse> caller;
    private volatile @Nullable WeatherStream stream; // null until the stream is open
    private volatile boolean cancelled;

    GrpcSubscriber(ServerCallStreamObserver<WatchWeatherResponse> caller) {
        this.caller = caller;
    }

    /** Must be called before the handler of the call returns, since gRPC permits no new handlers after it. */
    void subscribe(WeatherStreams streams, StreamRequest request) {
        caller.setOnCancelHandler(this::cancel);
        caller.setOnReadyHandler(this::resume);
        WeatherStream opened = streams.open(request, this);
        stream = opened;
        if (cancelled) {
            opened.cancel();
        }
    }

    private void cancel() {
        cancelled = true;
        WeatherStream open = stream;
        if (open != null) {
            open.cancel();
        }
    }

    private void resume() {
        WeatherStream open = stream;
        if (open != null) {
            open.resume();
        }
    }

    @Override
    public boolean isReady() {
        return caller.isReady();
    }

    @Override
    public void weather(Weather weather) {
        caller.onNext(WatchWeatherResponse.newBuilder().setWeather(weather).build());
    }

    @Override
    public void heartbeat(Instant now) {
        caller.onNext(WatchWeatherResponse.newBuilder()
                .setHeartbeatTime(Timestamp.newBuilder().setSeconds(now.getEpochSecond()))
                .build());
    }

    @Override
    public void ended(RuntimeException reason) {
        caller.onError(StatusProto.toStatusRuntimeException(ErrorStatus.of(reason)));
    }
}
