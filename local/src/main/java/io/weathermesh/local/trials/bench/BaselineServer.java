package io.weathermesh.local.trials.bench;

import com.google.type.LatLng;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.Server;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.weathermesh.aggregator.rest.GatewayNames;
import io.weathermesh.mesh.Environment;
import io.weathermesh.mesh.MeshProcess;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.humidity.v1.HumidityServiceGrpc;
import io.weathermesh.proto.humidity.v1.HumidityServiceGrpc.HumidityServiceStub;
import io.weathermesh.proto.humidity.v1.LookupHumidityRequest;
import io.weathermesh.proto.temperature.v1.LookupTemperatureRequest;
import io.weathermesh.proto.temperature.v1.TemperatureServiceGrpc;
import io.weathermesh.proto.temperature.v1.TemperatureServiceGrpc.TemperatureServiceStub;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The minimum that a gateway of these libraries can do: {@code /hello} responds at once, {@code /calls} after a call to
 * each of the two providers. Plain channels without policy, meters and deadlines, on the network threads as in the
 * gateway.
 */
public final class BaselineServer {
    private final TemperatureServiceStub temperature;
    private final HumidityServiceStub humidity;

    private BaselineServer(TemperatureServiceStub temperature, HumidityServiceStub humidity) {
        this.temperature = temperature;
        this.humidity = humidity;
    }

    public static void main(String[] args) {
        MeshProcess.run("baseline", BaselineServer::serve);
    }

    private static void serve(Environment environment) throws InterruptedException {
        BaselineServer baseline = new BaselineServer(
                TemperatureServiceGrpc.newStub(channel(environment.text("TEMPERATURE_TARGET", ""))),
                HumidityServiceGrpc.newStub(channel(environment.text("HUMIDITY_TARGET", ""))));
        Server server = Server.builder()
                .http(new InetSocketAddress(environment.text("MESH_BIND_ADDRESS", ""), GatewayNames.HTTP_PORT))
                .service("/hello", (context, request) -> HttpResponse.of("hello"))
                .service("/calls", (context, request) -> HttpResponse.of(baseline.afterTwoCalls()))
                .build();
        server.start().join();
        server.blockUntilShutdown();
    }

    private static ManagedChannel channel(String target) {
        return NettyChannelBuilder.forTarget(target)
                .usePlaintext()
                .directExecutor()
                .build();
    }

    private CompletableFuture<HttpResponse> afterTwoCalls() {
        Point point = randomPoint();
        CompletableFuture<Object> warmth = new CompletableFuture<>();
        CompletableFuture<Object> moisture = new CompletableFuture<>();
        temperature.lookupTemperature(
                LookupTemperatureRequest.newBuilder().setPoint(point).build(), new Completion<>(warmth));
        humidity.lookupHumidity(
                LookupHumidityRequest.newBuilder().setPoint(point).build(), new Completion<>(moisture));
        return warmth.thenCombine(moisture, (one, other) -> HttpResponse.of("hello"));
    }

    private static Point randomPoint() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return Point.newBuilder()
                .setCoordinates(LatLng.newBuilder()
                        .setLatitude(random.nextDouble(-60, 60))
                        .setLongitude(random.nextDouble(-180, 180)))
                .build();
    }

    private record Completion<T>(CompletableFuture<Object> future) implements StreamObserver<T> {
        @Override
        public void onNext(T response) {
            future.complete(response);
        }

        @Override
        public void onError(Throwable failure) {
            future.completeExceptionally(Status.fromThrowable(failure).asRuntimeException());
        }

        @Override
        public void onCompleted() {}
    }
}
