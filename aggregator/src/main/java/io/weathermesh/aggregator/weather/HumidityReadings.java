package io.weathermesh.aggregator.weather;

import com.google.protobuf.Timestamp;
import io.grpc.Channel;
import io.grpc.Status;
import io.weathermesh.mesh.MeshNames;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.humidity.v1.BatchLookupHumiditiesRequest;
import io.weathermesh.proto.humidity.v1.BatchLookupHumiditiesResponse;
import io.weathermesh.proto.humidity.v1.HumidityReading;
import io.weathermesh.proto.humidity.v1.HumidityServiceGrpc;
import io.weathermesh.proto.humidity.v1.HumidityServiceGrpc.HumidityServiceStub;
import io.weathermesh.proto.humidity.v1.LookupHumidityRequest;
import io.weathermesh.proto.humidity.v1.LookupHumidityResponse;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The humidity-provider's readings, each question one call. */
final class HumidityReadings implements Readings<HumidityReading> {
    private static final String PROVIDER = MeshNames.HUMIDITY_PROVIDER;

    private final HumidityServiceStub stub;

    HumidityReadings(Channel channel) {
        this.stub = HumidityServiceGrpc.newStub(channel);
    }

    @Override
    public CompletableFuture<Reading<HumidityReading>> at(Point point, Timestamp instant) {
        return ProviderCall.<LookupHumidityResponse>ask(
                        PROVIDER, caller -> CallDeadline.of(stub).lookupHumidity(question(point, instant), caller))
                .thenApply(reading -> reading.map(LookupHumidityResponse::getReading));
    }

    @Override
    public CompletableFuture<List<Reading<HumidityReading>>> atEach(List<Point> points, Timestamp instant) {
        BatchLookupHumiditiesRequest.Builder questions = BatchLookupHumiditiesRequest.newBuilder();
        points.forEach(point -> questions.addRequests(question(point, instant)));
        return ProviderCall.<BatchLookupHumiditiesResponse>ask(
                        PROVIDER, caller -> CallDeadline.of(stub).batchLookupHumidities(questions.build(), caller))
                .thenApply(batch -> results(batch, points.size()));
    }

    private static LookupHumidityRequest question(Point point, Timestamp instant) {
        return LookupHumidityRequest.newBuilder()
                .setPoint(point)
                .setEffectiveTime(instant)
                .build();
    }

    private static List<Reading<HumidityReading>> results(Reading<BatchLookupHumiditiesResponse> batch, int size) {
        if (batch instanceof Reading.Present<BatchLookupHumiditiesResponse> present
                && present.value().getResultsCount() == size) {
            return present.value().getResultsList().stream()
                    .map(HumidityReadings::result)
                    .toList();
        }
        return Collections.nCopies(
                size,
                new Reading.Missing<>(
                        batch.problem().orElseGet(() -> ProviderCall.problem(PROVIDER, Status.INTERNAL))));
    }

    private static Reading<HumidityReading> result(BatchLookupHumiditiesResponse.Result result) {
        return result.hasReading()
                ? new Reading.Present<>(result.getReading())
                : new Reading.Missing<>(ProviderCall.problem(
                        PROVIDER, Status.fromCodeValue(result.getError().getCode())));
    }
}
