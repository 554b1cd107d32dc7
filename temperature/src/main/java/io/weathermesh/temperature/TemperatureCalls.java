package io.weathermesh.temperature;

import io.grpc.stub.StreamObserver;
import io.weathermesh.proto.temperature.v1.BatchLookupTemperaturesRequest;
import io.weathermesh.proto.temperature.v1.BatchLookupTemperaturesResponse;
import io.weathermesh.proto.temperature.v1.ListSourcesRequest;
import io.weathermesh.proto.temperature.v1.ListSourcesResponse;
import io.weathermesh.proto.temperature.v1.LookupTemperatureClimateRequest;
import io.weathermesh.proto.temperature.v1.LookupTemperatureClimateResponse;
import io.weathermesh.proto.temperature.v1.LookupTemperatureClimateResponse.MonthlyTemperature;
import io.weathermesh.proto.temperature.v1.LookupTemperatureRequest;
import io.weathermesh.proto.temperature.v1.LookupTemperatureResponse;
import io.weathermesh.proto.temperature.v1.TemperatureReading;
import io.weathermesh.proto.temperature.v1.TemperatureServiceGrpc.TemperatureServiceImplBase;
import io.weathermesh.proto.temperature.v1.WatchTemperatureRequest;
import io.weathermesh.proto.temperature.v1.WatchTemperatureResponse;
import io.weathermesh.sources.ClimateYear;
import io.weathermesh.sources.GeoPoint;
import io.weathermesh.sources.Messages;
import io.weathermesh.sources.Provider;
import io.weathermesh.sources.Questions;
import io.weathermesh.sources.Reading;
import io.weathermesh.sources.WatchView;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The calls of {@code weather.temperature.v1.TemperatureService}: the sources' readings, of which it tells the temperature. */
final class TemperatureCalls extends TemperatureServiceImplBase {
    private static final WatchView<Reading, WatchTemperatureResponse> WATCH = WatchView.of(
            Reading::temperature,
            reading -> WatchTemperatureResponse.newBuilder()
                    .setReading(message(reading))
                    .build(),
            now -> WatchTemperatureResponse.newBuilder()
                    .setHeartbeatTime(Messages.timestamp(now))
                    .build());

    private final Provider provider;

    TemperatureCalls(Provider provider) {
        this.provider = provider;
    }

    @Override
    public void lookupTemperature(LookupTemperatureRequest request, StreamObserver<LookupTemperatureResponse> caller) {
        Provider.answer(caller, () -> read(request).thenApply(reading -> LookupTemperatureResponse.newBuilder()
                .setReading(reading)
                .build()));
    }

    @Override
    public void batchLookupTemperatures(
            BatchLookupTemperaturesRequest request, StreamObserver<BatchLookupTemperaturesResponse> caller) {
        Provider.answer(caller, () -> Provider.each(
                        request.getRequestsList(),
                        question -> read(question).thenApply(TemperatureCalls::result),
                        error -> BatchLookupTemperaturesResponse.Result.newBuilder()
                                .setError(error)
                                .build())
                .thenApply(results -> BatchLookupTemperaturesResponse.newBuilder()
                        .addAllResults(results)
                        .build()));
    }

    @Override
    public void lookupTemperatureClimate(
            LookupTemperatureClimateRequest request, StreamObserver<LookupTemperatureClimateResponse> caller) {
        Provider.answer(
                caller,
                () -> CompletableFuture.completedFuture(
                        climate(provider.climate(Questions.point(request.hasPoint(), request.getPoint())))));
    }

    @Override
    public void watchTemperature(WatchTemperatureRequest request, StreamObserver<WatchTemperatureResponse> caller) {
        provider.watch(
                caller,
                () -> Questions.watch(
                        request.hasPoint(),
                        request.getPoint(),
                        request.hasMinInterval(),
                        request.getMinInterval(),
                        request.hasHeartbeatInterval(),
                        request.getHeartbeatInterval()),
                WATCH);
    }

    @Override
    public void listSources(ListSourcesRequest request, StreamObserver<ListSourcesResponse> caller) {
        Provider.answer(
                caller,
                () -> CompletableFuture.completedFuture(ListSourcesResponse.newBuilder()
                        .addAllSources(provider.sources())
                        .build()));
    }

    private CompletionStage<TemperatureReading> read(LookupTemperatureRequest request) {
        GeoPoint point = Questions.point(request.hasPoint(), request.getPoint());
        Instant instant = Questions.instant(request.hasEffectiveTime(), request.getEffectiveTime(), provider.now());
        return provider.read(point, instant).thenApply(TemperatureCalls::message);
    }

    private static TemperatureReading message(Reading reading) {
        return TemperatureReading.newBuilder()
                .setPoint(Messages.point(reading.point()))
                .setTemperatureCelsius(Messages.tenth(reading.temperature().value()))
                .setProvenance(Messages.provenance(reading, reading.temperature()))
                .build();
    }

    private static BatchLookupTemperaturesResponse.Result result(TemperatureReading reading) {
        return BatchLookupTemperaturesResponse.Result.newBuilder()
                .setReading(reading)
                .build();
    }

    private static LookupTemperatureClimateResponse climate(ClimateYear year) {
        LookupTemperatureClimateResponse.Builder response = LookupTemperatureClimateResponse.newBuilder()
                .setPoint(Messages.point(year.point()))
                .setProvenance(year.temperatureProvenance());
        for (double mean : year.temperatures()) {
            response.addMonths(MonthlyTemperature.newBuilder()
                    .setMonth(response.getMonthsCount() + 1)
                    .setTemperatureCelsius(Messages.tenth(mean)));
        }
        return response.build();
    }
}
