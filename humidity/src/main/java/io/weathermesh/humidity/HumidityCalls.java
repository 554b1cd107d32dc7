package io.weathermesh.humidity;

import io.grpc.stub.StreamObserver;
import io.weathermesh.proto.humidity.v1.BatchLookupHumiditiesRequest;
import io.weathermesh.proto.humidity.v1.BatchLookupHumiditiesResponse;
import io.weathermesh.proto.humidity.v1.HumidityReading;
import io.weathermesh.proto.humidity.v1.HumidityServiceGrpc.HumidityServiceImplBase;
import io.weathermesh.proto.humidity.v1.ListSourcesRequest;
import io.weathermesh.proto.humidity.v1.ListSourcesResponse;
import io.weathermesh.proto.humidity.v1.LookupHumidityClimateRequest;
import io.weathermesh.proto.humidity.v1.LookupHumidityClimateResponse;
import io.weathermesh.proto.humidity.v1.LookupHumidityClimateResponse.MonthlyHumidity;
import io.weathermesh.proto.humidity.v1.LookupHumidityRequest;
import io.weathermesh.proto.humidity.v1.LookupHumidityResponse;
import io.weathermesh.proto.humidity.v1.WatchHumidityRequest;
import io.weathermesh.proto.humidity.v1.WatchHumidityResponse;
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

/** Serves {@code weather.humidity.v1.HumidityService} with the humidity of the sources' readings. */
final class HumidityCalls extends HumidityServiceImplBase {
    private static final StreamEvents<Reading, WatchHumidityResponse> EVENTS = StreamEvents.of(
            Reading::humidity,
            reading -> WatchHumidityResponse.newBuilder()
                    .setReading(message(reading))
                    .build(),
            now -> WatchHumidityResponse.newBuilder()
                    .setHeartbeatTime(Messages.timestamp(now))
                    .build());

    private final Provider provider;

    HumidityCalls(Provider provider) {
        this.provider = provider;
    }

    @Override
    public void lookupHumidity(LookupHumidityRequest request, StreamObserver<LookupHumidityResponse> call) {
        Provider.respond(call, () -> read(request)
                .thenApply(reading ->
                        LookupHumidityResponse.newBuilder().setReading(reading).build()));
    }

    @Override
    public void batchLookupHumidities(
            BatchLookupHumiditiesRequest request, StreamObserver<BatchLookupHumiditiesResponse> call) {
        Provider.respond(call, () -> Provider.batch(
                        request.getRequestsList(),
                        each -> read(each).thenApply(HumidityCalls::result),
                        error -> BatchLookupHumiditiesResponse.Result.newBuilder()
                                .setError(error)
                                .build())
                .thenApply(results -> BatchLookupHumiditiesResponse.newBuilder()
                        .addAllResults(results)
                        .build()));
    }

    @Override
    public void lookupHumidityClimate(
            LookupHumidityClimateRequest request, StreamObserver<LookupHumidityClimateResponse> call) {
        Provider.respond(
                call,
                () -> CompletableFuture.completedFuture(
                        response(provider.climate(RequestFields.point(request.hasPoint(), request.getPoint())))));
    }

    @Override
    public void watchHumidity(WatchHumidityRequest request, StreamObserver<WatchHumidityResponse> call) {
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

    private CompletionStage<HumidityReading> read(LookupHumidityRequest request) {
        GeoPoint point = RequestFields.point(request.hasPoint(), request.getPoint());
        Instant instant = RequestFields.instant(request.hasEffectiveTime(), request.getEffectiveTime(), provider.now());
        return provider.read(point, instant).thenApply(HumidityCalls::message);
    }

    private static HumidityReading message(Reading reading) {
        return HumidityReading.newBuilder()
                .setPoint(Messages.point(reading.point()))
                .setRelativeHumidityPercent(Messages.tenth(reading.humidity().value()))
                .setProvenance(Messages.provenance(reading, reading.humidity()))
                .build();
    }

    private static BatchLookupHumiditiesResponse.Result result(HumidityReading reading) {
        return BatchLookupHumiditiesResponse.Result.newBuilder()
                .setReading(reading)
                .build();
    }

    private static LookupHumidityClimateResponse response(Climate climate) {
        LookupHumidityClimateResponse.Builder response = LookupHumidityClimateResponse.newBuilder()
                .setPoint(Messages.point(climate.reading().point()))
                .setProvenance(Messages.provenance(climate, Reading::humidity));
        for (double mean : climate.humidities()) {
            response.addMonths(MonthlyHumidity.newBuilder()
                    .setMonth(response.getMonthsCount() + 1)
                    .setRelativeHumidityPercent(Messages.tenth(mean)));
        }
        return response.build();
    }
}
