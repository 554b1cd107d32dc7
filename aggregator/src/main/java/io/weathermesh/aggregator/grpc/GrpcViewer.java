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

/** A gRPC call that looks at a stream. */
final class GrpcViewer implements WeatherSubscriber {
    private final ServerCallStreamObserver<WatchWeatherResponse> caller;
    private volatile @Nullable WeatherStream stream; // null until it is open
    private volatile boolean gone;

    GrpcViewer(ServerCallStreamObserver<WatchWeatherResponse> caller) {
        this.caller = caller;
    }

    /** Must be called before the call's handler returns: only then may the handlers of a stream be set. */
    void watch(WeatherStreams watches, StreamRequest question) {
        caller.setOnCancelHandler(this::leave);
        caller.setOnReadyHandler(this::ready);
        WeatherStream opened = watches.open(question, this);
        stream = opened;
        if (gone) {
            opened.cancel();
        }
    }

    private void leave() {
        gone = true;
        WeatherStream open = stream;
        if (open != null) {
            open.cancel();
        }
    }

    private void ready() {
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
