package io.weathermesh.aggregator.weather;

import com.google.protobuf.Timestamp;
import io.grpc.Channel;
import io.grpc.Status;
import io.weathermesh.mesh.MeshNames;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.common.v1.Source;
import io.weathermesh.proto.humidity.v1.BatchLookupHumiditiesRequest;
import io.weathermesh.proto.humidity.v1.BatchLookupHumiditiesResponse;
import io.weathermesh.proto.humidity.v1.HumidityReading;
import io.weathermesh.proto.humidity.v1.HumidityServiceGrpc;
import io.weathermesh.proto.humidity.v1.HumidityServiceGrpc.HumidityServiceStub;
import io.weathermesh.proto.humidity.v1.ListSourcesRequest;
import io.weathermesh.proto.humidity.v1.ListSourcesResponse;
import io.weathermesh.proto.humidity.v1.LookupHumidityClimateRequest;
import io.weathermesh.proto.humidity.v1.LookupHumidityClimateResponse;
import io.weathermesh.proto.humidity.v1.LookupHumidityRequest;
import io.weathermesh.proto.humidity.v1.LookupHumidityResponse;
import io.weathermesh.proto.humidity.v1.WatchHumidityRequest;
import io.weathermesh.proto.humidity.v1.WatchHumidityResponse;
import io.weathermesh.proto.weather.v1.Climate;
import io.weathermesh.proto.weather.v1.RelativeHumidity;
import io.weathermesh.proto.weather.v1.Weather;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The humidity-provider, each question one call. */
public final class HumidityClient implements ProviderClient {
    private static final String NAME = MeshNames.HUMIDITY_PROVIDER;
    private static final String PERCENT = "%";

    public static final ProviderContract CONTRACT = new ProviderContract(
            NAME,
            HumidityServiceGrpc.getServiceDescriptor(),
            Weather.RELATIVE_HUMIDITY_FIELD_NUMBER,
            HumidityClient::new);

    private final HumidityServiceStub calls;
    private final HumidityServiceStub streams;

    private HumidityClient(Channel calls, Channel streams) {
        this.calls = HumidityServiceGrpc.newStub(calls);
        this.streams = HumidityServiceGrpc.newStub(streams);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CompletableFuture<Reading<Contribution>> at(Point point, Timestamp instant) {
        return ProviderCall.ask(
                NAME,
                caller -> CallDeadline.of(calls).lookupHumidity(question(point, instant), caller),
                (LookupHumidityResponse answer) -> contribution(answer.getReading()));
    }

    @Override
    public CompletableFuture<List<Reading<Contribution>>> atEach(List<Point> points, Timestamp instant) {
        BatchLookupHumiditiesRequest.Builder questions = BatchLookupHumiditiesRequest.newBuilder();
        points.forEach(point -> questions.addRequests(question(point, instant)));
        return ProviderCall.askEach(
                NAME,
                points.size(),
                caller -> CallDeadline.of(calls).batchLookupHumidities(questions.build(), caller),
                BatchLookupHumiditiesResponse::getResultsList,
                HumidityClient::result);
    }

    @Override
    public void watch(Point point, Consumer<Contribution> onReading, Consumer<Status> onEnd) {
        streams.watchHumidity(
                WatchHumidityRequest.newBuilder()
                        .setPoint(point)
                        .setHeartbeatInterval(ReadingEvents.HEARTBEAT)
                        .build(),
                new ReadingEvents<>(
                        WatchHumidityResponse::hasReading,
                        event -> contribution(event.getReading()),
                        onReading,
                        onEnd));
    }

    @Override
    public CompletableFuture<Reading<List<Source>>> sources() {
        return ProviderCall.ask(
                NAME,
                caller -> calls.listSources(ListSourcesRequest.getDefaultInstance(), caller),
                ListSourcesResponse::getSourcesList);
    }

    @Override
    public Optional<CompletableFuture<Reading<Consumer<Climate.Builder>>>> climate(Point point) {
        LookupHumidityClimateRequest request =
                LookupHumidityClimateRequest.newBuilder().setPoint(point).build();
        return Optional.of(
                ProviderCall.ask(NAME, caller -> calls.lookupHumidityClimate(request, caller), HumidityClient::series));
    }

    private static LookupHumidityRequest question(Point point, Timestamp instant) {
        return LookupHumidityRequest.newBuilder()
                .setPoint(point)
                .setEffectiveTime(instant)
                .build();
    }

    private static Reading<Contribution> result(BatchLookupHumiditiesResponse.Result result) {
        return result.hasReading()
                ? new Reading.Present<>(contribution(result.getReading()))
                : ProviderCall.missing(NAME, result.getError());
    }

    private static Contribution contribution(HumidityReading reading) {
        RelativeHumidity humidity = RelativeHumidity.newBuilder()
                .setRelativeHumidityPercent(reading.getRelativeHumidityPercent())
                .setUnit(PERCENT)
                .setProvenance(reading.getProvenance())
                .build();
        return new Contribution(
                Weather.newBuilder().setRelativeHumidity(humidity).build(),
                reading.getPoint(),
                reading.getProvenance());
    }

    private static Consumer<Climate.Builder> series(LookupHumidityClimateResponse year) {
        return climate -> {
            climate.setRelativeHumidityProvenance(year.getProvenance());
            year.getMonthsList().forEach(mean -> climate.getMonthsBuilder(mean.getMonth() - 1)
                    .setRelativeHumidityPercent(mean.getRelativeHumidityPercent()));
        };
    }
}
