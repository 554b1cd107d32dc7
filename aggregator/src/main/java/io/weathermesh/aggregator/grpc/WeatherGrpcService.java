package io.weathermesh.aggregator.grpc;

import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.weathermesh.aggregator.weather.ErrorStatus;
import io.weathermesh.aggregator.weather.InvalidFieldException;
import io.weathermesh.aggregator.weather.StreamRequest;
import io.weathermesh.aggregator.weather.WeatherLookup;
import io.weathermesh.aggregator.weather.WeatherStreams;
import io.weathermesh.proto.weather.v1.BatchLookupWeatherRequest;
import io.weathermesh.proto.weather.v1.BatchLookupWeatherResponse;
import io.weathermesh.proto.weather.v1.ListSourcesRequest;
import io.weathermesh.proto.weather.v1.ListSourcesResponse;
import io.weathermesh.proto.weather.v1.LookupClimateRequest;
import io.weathermesh.proto.weather.v1.LookupClimateResponse;
import io.weathermesh.proto.weather.v1.LookupWeatherRequest;
import io.weathermesh.proto.weather.v1.LookupWeatherResponse;
import io.weathermesh.proto.weather.v1.SearchLocationsRequest;
import io.weathermesh.proto.weather.v1.SearchLocationsResponse;
import io.weathermesh.proto.weather.v1.WatchWeatherRequest;
import io.weathermesh.proto.weather.v1.WatchWeatherResponse;
import io.weathermesh.proto.weather.v1.WeatherServiceGrpc.WeatherServiceImplBase;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Serves {@code weather.v1.WeatherService}. The deadline and the cancellation of each call extend to the providers. */
public final class WeatherGrpcService extends WeatherServiceImplBase {
    /** The field that holds the look-up in other requests. */
    private static final String NESTED = "request";

    private final WeatherLookup lookup;
    private final WeatherStreams streams;

    public WeatherGrpcService(WeatherLookup lookup, WeatherStreams streams) {
        this.lookup = lookup;
        this.streams = streams;
    }

    @Override
    public void lookupWeather(LookupWeatherRequest request, StreamObserver<LookupWeatherResponse> caller) {
        respond(caller, () -> lookup.lookup(request)
                .thenApply(weather ->
                        LookupWeatherResponse.newBuilder().setWeather(weather).build()));
    }

    @Override
    public void batchLookupWeather(
            BatchLookupWeatherRequest request, StreamObserver<BatchLookupWeatherResponse> caller) {
        respond(caller, () -> lookup.batch(request.getRequestsList()));
    }

    @Override
    public void watchWeather(WatchWeatherRequest request, StreamObserver<WatchWeatherResponse> caller) {
        StreamRequest streamRequest;
        try {
            streamRequest = StreamRequest.of(request);
        } catch (InvalidFieldException e) {
            caller.onError(exception(e));
            return;
        }
        try {
            // The documentation of gRPC permits the cast on the server side.
            new GrpcSubscriber((ServerCallStreamObserver<WatchWeatherResponse>) caller)
                    .subscribe(streams, streamRequest);
        } catch (RuntimeException e) {
            caller.onError(nested(e));
        }
    }

    @Override
    public void lookupClimate(LookupClimateRequest request, StreamObserver<LookupClimateResponse> caller) {
        respond(
                caller,
                () -> lookup.climate(request.getRequest()).thenApply(climate -> LookupClimateResponse.newBuilder()
                        .setClimate(climate)
                        .build()),
                WeatherGrpcService::nested);
    }

    @Override
    public void searchLocations(SearchLocationsRequest request, StreamObserver<SearchLocationsResponse> caller) {
        respond(caller, () -> CompletableFuture.completedFuture(lookup.search(request)));
    }

    @Override
    public void listSources(ListSourcesRequest request, StreamObserver<ListSourcesResponse> caller) {
        respond(caller, lookup::sources);
    }

    private static <A> void respond(StreamObserver<A> caller, Supplier<CompletionStage<A>> work) {
        respond(caller, work, WeatherGrpcService::exception);
    }

    private static <A> void respond(
            StreamObserver<A> caller,
            Supplier<CompletionStage<A>> work,
            Function<Throwable, StatusRuntimeException> error) {
        run(work).whenComplete((response, failure) -> {
            if (failure == null) {
                caller.onNext(response);
                caller.onCompleted();
            } else {
                caller.onError(error.apply(failure));
            }
        });
    }

    private static StatusRuntimeException exception(Throwable failure) {
        return StatusProto.toStatusRuntimeException(ErrorStatus.of(failure));
    }

    private static StatusRuntimeException nested(Throwable failure) {
        return StatusProto.toStatusRuntimeException(ErrorStatus.of(failure, NESTED));
    }

    private static <A> CompletionStage<A> run(Supplier<CompletionStage<A>> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
