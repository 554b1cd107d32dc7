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
import io.weathermesh.sources.GeoPoint;
import io.weathermesh.sources.Reading;
import io.weathermesh.sources.climatology.Climate;
import io.weathermesh.sources.serving.Messages;
import io.weathermesh.sources.serving.Provider;
import io.weathermesh.sources.serving.RequestFields;
import io.weathermesh.sources.serving.StreamEvents;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Serves {@code weather.temperature.v1.TemperatureService} with the temperature of the sources' readings. */
final class TemperatureCalls extends TemperatureServiceImplBase {
    private static final StreamEvents<Reading, WatchTemperatureResponse> EVENTS = StreamEvents.of(
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
    public void lookupTemperature(LookupTemperatureRequest request, StreamObserver<LookupTemperatureResponse> call) {
        Provider.respond(call, () -> read(request).thenApply(reading -> LookupTemperatureResponse.newBuilder()
                .setReading(reading)
                .build()));
    }

    @Override
    public void batchLookupTemperatures(
            BatchLookupTemperaturesRequest request, StreamObserver<BatchLookupTemperaturesResponse> call) {
        Provider.respond(call, () -> Provider.batch(
                        request.getRequestsList(),
                        each -> read(each).thenApply(TemperatureCalls::result),
                        error -> BatchLookupTemperaturesResponse.Result.newBuilder()
                                .setError(error)
                                .build())
                .thenApply(results -> BatchLookupTemperaturesResponse.newBuilder()
                        .addAllResults(results)
                        .build()));
    }

    @Override
    public void lookupTemperatureClimate(
            LookupTemperatureClimateRequest request, StreamObserver<LookupTemperatureClimateResponse> call) {
        Provider.respond(
                call,
                () -> CompletableFuture.completedFuture(
                        response(provider.climate(RequestFields.point(request.hasPoint(), request.getPoint())))));
    }

    @Override
    public void watchTemperature(WatchTemperatureRequest request, StreamObserver<WatchTemperatureResponse> call) {
        provider.watch(
                call,
                () -> RequestFields.watch(
                        request.hasPoint(),
                        request.getPoint(),
                        request.hasMinInterval(),
                        request.getMinInterval(),
                        request.hasHeartbeatInterval(),
                        request.getHeartbeatInterval()),
                EVENTS);
    }

    @Override
    public void listSources(ListSourcesRequest request, StreamObserver<ListSourcesResponse> call) {
        Provider.respond(
                call,
                () -> CompletableFuture.completedFuture(ListSourcesResponse.newBuilder()
                        .addAllSources(provider.sources())
                        .build()));
    }

    private CompletionStage<TemperatureReading> read(LookupTemperatureRequest request) {
        GeoPoint point = RequestFields.point(request.hasPoint(), request.getPoint());
        Instant instant = RequestFields.instant(request.hasEffectiveTime(), request.getEffectiveTime(), provider.now());
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

    private static LookupTemperatureClimateResponse response(Climate climate) {
        LookupTemperatureClimateResponse.Builder response = LookupTemperatureClimateResponse.newBuilder()
                .setPoint(Messages.point(climate.reading().point()))
                .setProvenance(Messages.provenance(climate, Reading::temperature));
        for (double mean : climate.temperatures()) {
            response.addMonths(MonthlyTemperature.newBuilder()
                    .setMonth(response.getMonthsCount() + 1)
                    .setTemperatureCelsius(Messages.tenth(mean)));
        }
        return response.build();
    }
}
