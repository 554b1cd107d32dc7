package io.weathermesh.aggregator.weather;

import com.google.protobuf.Timestamp;
import io.grpc.Channel;
import io.grpc.Status;
import io.weathermesh.mesh.MeshNames;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.temperature.v1.BatchLookupTemperaturesRequest;
import io.weathermesh.proto.temperature.v1.BatchLookupTemperaturesResponse;
import io.weathermesh.proto.temperature.v1.LookupTemperatureRequest;
import io.weathermesh.proto.temperature.v1.LookupTemperatureResponse;
import io.weathermesh.proto.temperature.v1.TemperatureReading;
import io.weathermesh.proto.temperature.v1.TemperatureServiceGrpc;
import io.weathermesh.proto.temperature.v1.TemperatureServiceGrpc.TemperatureServiceStub;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The temperature-provider's readings, each question one call. */
final class TemperatureReadings implements Readings<TemperatureReading> {
    private static final String PROVIDER = MeshNames.TEMPERATURE_PROVIDER;

    private final TemperatureServiceStub stub;

    TemperatureReadings(Channel channel) {
        this.stub = TemperatureServiceGrpc.newStub(channel);
    }

    @Override
    public CompletableFuture<Reading<TemperatureReading>> at(Point point, Timestamp instant) {
        return ProviderCall.<LookupTemperatureResponse>ask(
                        PROVIDER, caller -> CallDeadline.of(stub).lookupTemperature(question(point, instant), caller))
                .thenApply(reading -> reading.map(LookupTemperatureResponse::getReading));
    }

    @Override
    public CompletableFuture<List<Reading<TemperatureReading>>> atEach(List<Point> points, Timestamp instant) {
        BatchLookupTemperaturesRequest.Builder questions = BatchLookupTemperaturesRequest.newBuilder();
        points.forEach(point -> questions.addRequests(question(point, instant)));
        return ProviderCall.<BatchLookupTemperaturesResponse>ask(
                        PROVIDER, caller -> CallDeadline.of(stub).batchLookupTemperatures(questions.build(), caller))
                .thenApply(batch -> results(batch, points.size()));
    }

    private static LookupTemperatureRequest question(Point point, Timestamp instant) {
        return LookupTemperatureRequest.newBuilder()
                .setPoint(point)
                .setEffectiveTime(instant)
                .build();
    }

    private static List<Reading<TemperatureReading>> results(Reading<BatchLookupTemperaturesResponse> batch, int size) {
        if (batch instanceof Reading.Present<BatchLookupTemperaturesResponse> present
                && present.value().getResultsCount() == size) {
            return present.value().getResultsList().stream()
                    .map(TemperatureReadings::result)
                    .toList();
        }
        return Collections.nCopies(
                size,
                new Reading.Missing<>(
                        batch.problem().orElseGet(() -> ProviderCall.problem(PROVIDER, Status.INTERNAL))));
    }

    private static Reading<TemperatureReading> result(BatchLookupTemperaturesResponse.Result result) {
        return result.hasReading()
                ? new Reading.Present<>(result.getReading())
                : new Reading.Missing<>(ProviderCall.problem(
                        PROVIDER, Status.fromCodeValue(result.getError().getCode())));
    }
}
