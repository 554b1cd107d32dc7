package io.weathermesh.aggregator.weather;

import com.google.protobuf.Timestamp;
import io.grpc.Channel;
import io.weathermesh.mesh.MeshNames;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.humidity.v1.HumidityReading;
import io.weathermesh.proto.humidity.v1.HumidityServiceGrpc;
import io.weathermesh.proto.humidity.v1.HumidityServiceGrpc.HumidityServiceStub;
import io.weathermesh.proto.humidity.v1.LookupHumidityClimateRequest;
import io.weathermesh.proto.humidity.v1.LookupHumidityClimateResponse;
import io.weathermesh.proto.temperature.v1.LookupTemperatureClimateRequest;
import io.weathermesh.proto.temperature.v1.LookupTemperatureClimateResponse;
import io.weathermesh.proto.temperature.v1.TemperatureReading;
import io.weathermesh.proto.temperature.v1.TemperatureServiceGrpc;
import io.weathermesh.proto.temperature.v1.TemperatureServiceGrpc.TemperatureServiceStub;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The two providers, each asked through its channel. A future never fails: what goes wrong is a {@link Reading.Missing}
 * in words that name no task. Calls take the deadline and the cancellation of the current {@link io.grpc.Context}.
 */
public final class Providers {
    private final TemperatureServiceStub temperature;
    private final HumidityServiceStub humidity;
    private final Readings<TemperatureReading> temperatures;
    private final Readings<HumidityReading> humidities;

    private Providers(
            TemperatureServiceStub temperature,
            HumidityServiceStub humidity,
            Readings<TemperatureReading> temperatures,
            Readings<HumidityReading> humidities) {
        this.temperature = temperature;
        this.humidity = humidity;
        this.temperatures = temperatures;
        this.humidities = humidities;
    }

    /** Asks for every answer anew. */
    public Providers(Channel temperatureChannel, Channel humidityChannel) {
        this(
                TemperatureServiceGrpc.newStub(temperatureChannel),
                HumidityServiceGrpc.newStub(humidityChannel),
                new TemperatureReadings(temperatureChannel),
                new HumidityReadings(humidityChannel));
    }

    /** The same providers, asked once for what several want to know, and not again until it expires. */
    public Providers remembered(Clock clock, CacheMeters meters) {
        String warmth = MeshNames.TEMPERATURE_PROVIDER;
        String moisture = MeshNames.HUMIDITY_PROVIDER;
        return new Providers(
                temperature,
                humidity,
                // Outside of the sharing: what is known needs no flight.
                new CachedReadings<>(
                        new SharedReadings<>(warmth, temperatures, meters.of(warmth)),
                        TemperatureReading::getProvenance,
                        clock,
                        meters.of(warmth)),
                new CachedReadings<>(
                        new SharedReadings<>(moisture, humidities, meters.of(moisture)),
                        HumidityReading::getProvenance,
                        clock,
                        meters.of(moisture)));
    }

    CompletableFuture<Reading<TemperatureReading>> temperature(Point point, Timestamp instant) {
        return temperatures.at(point, instant);
    }

    CompletableFuture<Reading<HumidityReading>> humidity(Point point, Timestamp instant) {
        return humidities.at(point, instant);
    }

    CompletableFuture<List<Reading<TemperatureReading>>> temperatures(List<Point> points, Timestamp instant) {
        return temperatures.atEach(points, instant);
    }

    CompletableFuture<List<Reading<HumidityReading>>> humidities(List<Point> points, Timestamp instant) {
        return humidities.atEach(points, instant);
    }

    CompletableFuture<Reading<LookupTemperatureClimateResponse>> temperatureClimate(Point point) {
        LookupTemperatureClimateRequest request =
                LookupTemperatureClimateRequest.newBuilder().setPoint(point).build();
        return ProviderCall.ask(
                MeshNames.TEMPERATURE_PROVIDER, caller -> temperature.lookupTemperatureClimate(request, caller));
    }

    CompletableFuture<Reading<LookupHumidityClimateResponse>> humidityClimate(Point point) {
        LookupHumidityClimateRequest request =
                LookupHumidityClimateRequest.newBuilder().setPoint(point).build();
        return ProviderCall.ask(MeshNames.HUMIDITY_PROVIDER, caller -> humidity.lookupHumidityClimate(request, caller));
    }

    CompletableFuture<Reading<io.weathermesh.proto.temperature.v1.ListSourcesResponse>> temperatureSources() {
        return ProviderCall.ask(
                MeshNames.TEMPERATURE_PROVIDER,
                caller -> temperature.listSources(
                        io.weathermesh.proto.temperature.v1.ListSourcesRequest.getDefaultInstance(), caller));
    }

    CompletableFuture<Reading<io.weathermesh.proto.humidity.v1.ListSourcesResponse>> humiditySources() {
        return ProviderCall.ask(
                MeshNames.HUMIDITY_PROVIDER,
                caller -> humidity.listSources(
                        io.weathermesh.proto.humidity.v1.ListSourcesRequest.getDefaultInstance(), caller));
    }
}
