package org.example.weather;

import com.google.type.LatLng;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.temperature.v1.LookupTemperatureRequest;
import io.weathermesh.proto.temperature.v1.TemperatureReading;
import io.weathermesh.proto.temperature.v1.TemperatureServiceGrpc;
import java.util.concurrent.TimeUnit;

/** A program of another team: prints the temperature in Vienna. The target alone finds the tasks. */
public final class Thermometer {
    public static void main(String[] args) throws InterruptedException {
        String target = "cloudmap:///temperature-provider.weather-api:50051";
        ManagedChannel channel = Grpc.newChannelBuilder(target, InsecureChannelCredentials.create()).build();
        LatLng vienna = LatLng.newBuilder().setLatitude(48.21).setLongitude(16.37).build();
        var answer = TemperatureServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(5, TimeUnit.SECONDS)
                .withWaitForReady()
                .lookupTemperature(LookupTemperatureRequest.newBuilder()
                        .setPoint(Point.newBuilder().setCoordinates(vienna))
                        .build());
        TemperatureReading reading = answer.getReading();
        System.out.println(reading.hasTemperatureCelsius()
                ? "Vienna: " + reading.getTemperatureCelsius() + " degrees Celsius"
                : "Vienna: no temperature");
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
}
