package io.weathermesh.aggregator.weather;

import com.google.protobuf.Timestamp;
import com.google.rpc.Code;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.weathermesh.mesh.MeshNames;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.humidity.v1.HumidityReading;
import io.weathermesh.proto.humidity.v1.HumidityServiceGrpc;
import io.weathermesh.proto.humidity.v1.HumidityServiceGrpc.HumidityServiceStub;
import io.weathermesh.proto.humidity.v1.LookupHumidityClimateRequest;
import io.weathermesh.proto.humidity.v1.LookupHumidityClimateResponse;
import io.weathermesh.proto.humidity.v1.LookupHumidityRequest;
import io.weathermesh.proto.humidity.v1.LookupHumidityResponse;
import io.weathermesh.proto.temperature.v1.LookupTemperatureClimateRequest;
import io.weathermesh.proto.temperature.v1.LookupTemperatureClimateResponse;
import io.weathermesh.proto.temperature.v1.LookupTemperatureRequest;
import io.weathermesh.proto.temperature.v1.LookupTemperatureResponse;
import io.weathermesh.proto.temperature.v1.TemperatureReading;
import io.weathermesh.proto.temperature.v1.TemperatureServiceGrpc;
import io.weathermesh.proto.temperature.v1.TemperatureServiceGrpc.TemperatureServiceStub;
import io.weathermesh.proto.weather.v1.Problem;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The two providers, each asked through its channel. A future never fails: what goes wrong is a {@link Reading.Missing}
 * in words that name no task. Calls take the deadline and the cancellation of the current {@link io.grpc.Context}.
 */
public final class Providers {
    private final TemperatureServiceStub temperature;
    private final HumidityServiceStub humidity;

    public Providers(Channel temperatureChannel, Channel humidityChannel) {
        this.temperature = TemperatureServiceGrpc.newStub(temperatureChannel);
        this.humidity = HumidityServiceGrpc.newStub(humidityChannel);
    }

    CompletableFuture<Reading<TemperatureReading>> temperature(Point point, Timestamp instant) {
        LookupTemperatureRequest request = LookupTemperatureRequest.newBuilder()
                .setPoint(point)
                .setEffectiveTime(instant)
                .build();
        return this.<LookupTemperatureResponse>ask(
                        MeshNames.TEMPERATURE_PROVIDER, caller -> temperature.lookupTemperature(request, caller))
                .thenApply(reading -> map(reading, LookupTemperatureResponse::getReading));
    }

    CompletableFuture<Reading<HumidityReading>> humidity(Point point, Timestamp instant) {
        LookupHumidityRequest request = LookupHumidityRequest.newBuilder()
                .setPoint(point)
                .setEffectiveTime(instant)
                .build();
        return this.<LookupHumidityResponse>ask(
                        MeshNames.HUMIDITY_PROVIDER, caller -> humidity.lookupHumidity(request, caller))
                .thenApply(reading -> map(reading, LookupHumidityResponse::getReading));
    }

    CompletableFuture<Reading<LookupTemperatureClimateResponse>> temperatureClimate(Point point) {
        LookupTemperatureClimateRequest request =
                LookupTemperatureClimateRequest.newBuilder().setPoint(point).build();
        return ask(MeshNames.TEMPERATURE_PROVIDER, caller -> temperature.lookupTemperatureClimate(request, caller));
    }

    CompletableFuture<Reading<LookupHumidityClimateResponse>> humidityClimate(Point point) {
        LookupHumidityClimateRequest request =
                LookupHumidityClimateRequest.newBuilder().setPoint(point).build();
        return ask(MeshNames.HUMIDITY_PROVIDER, caller -> humidity.lookupHumidityClimate(request, caller));
    }

    CompletableFuture<Reading<io.weathermesh.proto.temperature.v1.ListSourcesResponse>> temperatureSources() {
        return ask(
                MeshNames.TEMPERATURE_PROVIDER,
                caller -> temperature.listSources(
                        io.weathermesh.proto.temperature.v1.ListSourcesRequest.getDefaultInstance(), caller));
    }

    CompletableFuture<Reading<io.weathermesh.proto.humidity.v1.ListSourcesResponse>> humiditySources() {
        return ask(
                MeshNames.HUMIDITY_PROVIDER,
                caller -> humidity.listSources(
                        io.weathermesh.proto.humidity.v1.ListSourcesRequest.getDefaultInstance(), caller));
    }

    private <T> CompletableFuture<Reading<T>> ask(String provider, Consumer<StreamObserver<T>> call) {
        FirstAnswer<T> first = new FirstAnswer<>();
        call.accept(first);
        return first.future()
                .handle((answer, failure) -> failure == null
                        ? new Reading.Present<>(answer)
                        : new Reading.Missing<>(problem(provider, Status.fromThrowable(failure))));
    }

    private static <T, R> Reading<R> map(Reading<T> reading, java.util.function.Function<T, R> part) {
        if (reading instanceof Reading.Present<T> present) {
            return new Reading.Present<>(part.apply(present.value()));
        }
        return new Reading.Missing<>(reading.problem().orElseThrow());
    }

    private static Problem problem(String provider, Status status) {
        String what =
                switch (status.getCode()) {
                    case UNAVAILABLE -> "cannot be reached";
                    case DEADLINE_EXCEEDED, CANCELLED -> "did not answer in time";
                    case RESOURCE_EXHAUSTED -> "has more questions than it can answer";
                    default -> "failed";
                };
        return Problem.newBuilder()
                .setProvider(provider)
                .setEffect(Problem.Effect.EFFECT_ABSENT)
                .setCode(Code.forNumber(status.getCode().value()))
                .setDetail("The " + provider + " " + what + ".")
                .build();
    }
}
