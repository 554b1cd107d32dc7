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

/** The calls of {@code weather.humidity.v1.HumidityService}: the sources' readings, of which it tells the humidity. */
final class HumidityCalls extends HumidityServiceImplBase {
    private static final WatchView<Reading, WatchHumidityResponse> WATCH = WatchView.of(
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
    public void lookupHumidity(LookupHumidityRequest request, StreamObserver<LookupHumidityResponse> caller) {
        Provider.answer(caller, () -> read(request)
                .thenApply(reading ->
                        LookupHumidityResponse.newBuilder().setReading(reading).build()));
    }

    @Override
    public void batchLookupHumidities(
            BatchLookupHumiditiesRequest request, StreamObserver<BatchLookupHumiditiesResponse> caller) {
        Provider.answer(caller, () -> Provider.each(
                        request.getRequestsList(),
                        question -> read(question).thenApply(HumidityCalls::result),
                        error -> BatchLookupHumiditiesResponse.Result.newBuilder()
                                .setError(error)
                                .build())
                .thenApply(results -> BatchLookupHumiditiesResponse.newBuilder()
                        .addAllResults(results)
                        .build()));
    }

    @Override
    public void lookupHumidityClimate(
            LookupHumidityClimateRequest request, StreamObserver<LookupHumidityClimateResponse> caller) {
        Provider.answer(
                caller,
                () -> CompletableFuture.completedFuture(
                        climate(provider.climate(Questions.point(request.hasPoint(), request.getPoint())))));
    }

    @Override
    public void watchHumidity(WatchHumidityRequest request, StreamObserver<WatchHumidityResponse> caller) {
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

    private CompletionStage<HumidityReading> read(LookupHumidityRequest request) {
        GeoPoint point = Questions.point(request.hasPoint(), request.getPoint());
        Instant instant = Questions.instant(request.hasEffectiveTime(), request.getEffectiveTime(), provider.now());
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

    private static LookupHumidityClimateResponse climate(ClimateYear year) {
        LookupHumidityClimateResponse.Builder response = LookupHumidityClimateResponse.newBuilder()
                .setPoint(Messages.point(year.point()))
                .setProvenance(year.humidityProvenance());
        for (double mean : year.humidities()) {
            response.addMonths(MonthlyHumidity.newBuilder()
                    .setMonth(response.getMonthsCount() + 1)
                    .setRelativeHumidityPercent(Messages.tenth(mean)));
        }
        return response.build();
    }
}
