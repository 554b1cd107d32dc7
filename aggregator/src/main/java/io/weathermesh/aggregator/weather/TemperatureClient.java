package io.weathermesh.aggregator.weather;

import com.google.protobuf.Timestamp;
import io.grpc.Channel;
import io.grpc.Status;
import io.weathermesh.mesh.MeshNames;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.common.v1.Source;
import io.weathermesh.proto.temperature.v1.BatchLookupTemperaturesRequest;
import io.weathermesh.proto.temperature.v1.BatchLookupTemperaturesResponse;
import io.weathermesh.proto.temperature.v1.ListSourcesRequest;
import io.weathermesh.proto.temperature.v1.ListSourcesResponse;
import io.weathermesh.proto.temperature.v1.LookupTemperatureClimateRequest;
import io.weathermesh.proto.temperature.v1.LookupTemperatureClimateResponse;
import io.weathermesh.proto.temperature.v1.LookupTemperatureRequest;
import io.weathermesh.proto.temperature.v1.LookupTemperatureResponse;
import io.weathermesh.proto.temperature.v1.TemperatureReading;
import io.weathermesh.proto.temperature.v1.TemperatureServiceGrpc;
import io.weathermesh.proto.temperature.v1.TemperatureServiceGrpc.TemperatureServiceStub;
import io.weathermesh.proto.temperature.v1.WatchTemperatureRequest;
import io.weathermesh.proto.temperature.v1.WatchTemperatureResponse;
import io.weathermesh.proto.weather.v1.Climate;
import io.weathermesh.proto.weather.v1.Temperature;
import io.weathermesh.proto.weather.v1.Weather;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The temperature-provider, each question one call. */
public final class TemperatureClient implements ProviderClient {
    private static final String NAME = MeshNames.TEMPERATURE_PROVIDER;
    private static final String CELSIUS = "Cel";

    public static final ProviderContract CONTRACT = new ProviderContract(
            NAME,
            TemperatureServiceGrpc.getServiceDescriptor(),
            Weather.TEMPERATURE_FIELD_NUMBER,
            TemperatureClient::new);

    private final TemperatureServiceStub calls;
    private final TemperatureServiceStub streams;

    private TemperatureClient(Channel calls, Channel streams) {
        this.calls = TemperatureServiceGrpc.newStub(calls);
        this.streams = TemperatureServiceGrpc.newStub(streams);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CompletableFuture<Reading<Contribution>> at(Point point, Timestamp instant) {
        return ProviderCall.ask(
                NAME,
                caller -> CallDeadline.of(calls).lookupTemperature(question(point, instant), caller),
                (LookupTemperatureResponse answer) -> contribution(answer.getReading()));
    }

    @Override
    public CompletableFuture<List<Reading<Contribution>>> atEach(List<Point> points, Timestamp instant) {
        BatchLookupTemperaturesRequest.Builder questions = BatchLookupTemperaturesRequest.newBuilder();
        points.forEach(point -> questions.addRequests(question(point, instant)));
        return ProviderCall.askEach(
                NAME,
                points.size(),
                caller -> CallDeadline.of(calls).batchLookupTemperatures(questions.build(), caller),
                BatchLookupTemperaturesResponse::getResultsList,
                TemperatureClient::result);
    }

    @Override
    public void watch(Point point, Consumer<Contribution> onReading, Consumer<Status> onEnd) {
        streams.watchTemperature(
                WatchTemperatureRequest.newBuilder()
                        .setPoint(point)
                        .setHeartbeatInterval(ReadingEvents.HEARTBEAT)
                        .build(),
                new ReadingEvents<>(
                        WatchTemperatureResponse::hasReading,
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
        LookupTemperatureClimateRequest request =
                LookupTemperatureClimateRequest.newBuilder().setPoint(point).build();
        return Optional.of(ProviderCall.ask(
                NAME, caller -> calls.lookupTemperatureClimate(request, caller), TemperatureClient::series));
    }

    private static LookupTemperatureRequest question(Point point, Timestamp instant) {
        return LookupTemperatureRequest.newBuilder()
                .setPoint(point)
                .setEffectiveTime(instant)
                .build();
    }

    private static Reading<Contribution> result(BatchLookupTemperaturesResponse.Result result) {
        return result.hasReading()
                ? new Reading.Present<>(contribution(result.getReading()))
                : ProviderCall.missing(NAME, result.getError());
    }

    private static Contribution contribution(TemperatureReading reading) {
        Temperature temperature = Temperature.newBuilder()
                .setTemperatureCelsius(reading.getTemperatureCelsius())
                .setUnit(CELSIUS)
                .setProvenance(reading.getProvenance())
                .build();
        return new Contribution(
                Weather.newBuilder().setTemperature(temperature).build(), reading.getPoint(), reading.getProvenance());
    }

    private static Consumer<Climate.Builder> series(LookupTemperatureClimateResponse year) {
        return climate -> {
            climate.setTemperatureProvenance(year.getProvenance());
            year.getMonthsList().forEach(mean -> climate.getMonthsBuilder(mean.getMonth() - 1)
                    .setTemperatureCelsius(mean.getTemperatureCelsius()));
        };
    }
}
