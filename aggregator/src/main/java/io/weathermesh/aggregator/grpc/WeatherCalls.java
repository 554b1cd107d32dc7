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

/** The calls of {@code weather.v1.WeatherService}. Each call's deadline and cancellation reach the providers. */
public final class WeatherCalls extends WeatherServiceImplBase {
    /** How requests call the question that they carry. */
    private static final String NESTED = "request";

    private final WeatherLookup desk;
    private final WeatherStreams watches;

    public WeatherCalls(WeatherLookup desk, WeatherStreams watches) {
        this.desk = desk;
        this.watches = watches;
    }

    @Override
    public void lookupWeather(LookupWeatherRequest request, StreamObserver<LookupWeatherResponse> caller) {
        answer(caller, () -> desk.lookup(request)
                .thenApply(weather ->
                        LookupWeatherResponse.newBuilder().setWeather(weather).build()));
    }

    @Override
    public void batchLookupWeather(
            BatchLookupWeatherRequest request, StreamObserver<BatchLookupWeatherResponse> caller) {
        answer(caller, () -> desk.batch(request.getRequestsList()));
    }

    @Override
    public void watchWeather(WatchWeatherRequest request, StreamObserver<WatchWeatherResponse> caller) {
        StreamRequest question;
        try {
            question = StreamRequest.of(request);
        } catch (InvalidFieldException e) {
            caller.onError(exception(e));
            return;
        }
        try {
            // Streams of the server's kind are of this type, says its documentation.
            new GrpcViewer((ServerCallStreamObserver<WatchWeatherResponse>) caller).watch(watches, question);
        } catch (RuntimeException e) {
            caller.onError(nested(e));
        }
    }

    @Override
    public void lookupClimate(LookupClimateRequest request, StreamObserver<LookupClimateResponse> caller) {
        answer(
                caller,
                () -> desk.climate(request.getRequest()).thenApply(climate -> LookupClimateResponse.newBuilder()
                        .setClimate(climate)
                        .build()),
                WeatherCalls::nested);
    }

    @Override
    public void searchLocations(SearchLocationsRequest request, StreamObserver<SearchLocationsResponse> caller) {
        answer(caller, () -> CompletableFuture.completedFuture(desk.search(request)));
    }

    @Override
    public void listSources(ListSourcesRequest request, StreamObserver<ListSourcesResponse> caller) {
        answer(caller, desk::sources);
    }

    private static <A> void answer(StreamObserver<A> caller, Supplier<CompletionStage<A>> question) {
        answer(caller, question, WeatherCalls::exception);
    }

    private static <A> void answer(
            StreamObserver<A> caller,
            Supplier<CompletionStage<A>> question,
            Function<Throwable, StatusRuntimeException> told) {
        asked(question).whenComplete((answer, failure) -> {
            if (failure == null) {
                caller.onNext(answer);
                caller.onCompleted();
            } else {
                caller.onError(told.apply(failure));
            }
        });
    }

    private static StatusRuntimeException exception(Throwable failure) {
        return StatusProto.toStatusRuntimeException(ErrorStatus.of(failure));
    }

    private static StatusRuntimeException nested(Throwable failure) {
        return StatusProto.toStatusRuntimeException(ErrorStatus.of(failure, NESTED));
    }

    private static <A> CompletionStage<A> asked(Supplier<CompletionStage<A>> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
