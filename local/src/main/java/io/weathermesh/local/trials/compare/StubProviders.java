package io.weathermesh.local.trials.compare;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import io.weathermesh.mesh.MeshNames;
import io.weathermesh.mesh.MeshProcess;
import io.weathermesh.proto.temperature.v1.LookupTemperatureRequest;
import io.weathermesh.proto.temperature.v1.LookupTemperatureResponse;
import io.weathermesh.proto.temperature.v1.TemperatureReading;
import io.weathermesh.proto.temperature.v1.TemperatureServiceGrpc;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Stubs of temperature-providers, any number of them in one process, each on an address of its own: for faults that a
 * real provider does not have, and for more tasks than a laptop has memory for. Each line of its standard input is a
 * command, and is answered with {@code done}:
 *
 * <pre>
 * start ADDRESS
 * behavior ADDRESS OK | UNAVAILABLE | INTERNAL
 * </pre>
 */
public final class StubProviders {
    private static final long MIN_KEEPALIVE_SECONDS = 5;

    /** How a task responds to calls. */
    enum Behavior {
        OK,
        UNAVAILABLE,
        INTERNAL
    }

    private final Map<String, Stub> stubs = new LinkedHashMap<>();

    private StubProviders() {}

    public static void main(String[] args) {
        MeshProcess.run("stub-providers", environment -> new StubProviders().run());
    }

    private void run() throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "start" -> stubs.put(words[1], Stub.start(words[1]));
                case "behavior" -> stub(words[1]).behavior = Behavior.valueOf(words[2]);
                default -> throw new IllegalArgumentException("unknown line: " + line);
            }
            System.out.println("done");
        }
        stubs.values().forEach(stub -> stub.server.shutdownNow());
    }

    private Stub stub(String address) {
        Stub stub = stubs.get(address);
        if (stub == null) {
            throw new IllegalArgumentException("no stub at " + address);
        }
        return stub;
    }

    /** One stub. */
    private static final class Stub extends TemperatureServiceGrpc.TemperatureServiceImplBase {
        private final Server server;
        private volatile Behavior behavior = Behavior.OK;

        private Stub(String address) {
            HealthStatusManager health = new HealthStatusManager();
            health.setStatus(TemperatureServiceGrpc.SERVICE_NAME, ServingStatus.SERVING);
            server = NettyServerBuilder.forAddress(new InetSocketAddress(address, MeshNames.GRPC_PORT))
                    .permitKeepAliveTime(MIN_KEEPALIVE_SECONDS, TimeUnit.SECONDS)
                    .permitKeepAliveWithoutCalls(true)
                    .directExecutor()
                    .addService(this)
                    .addService(health.getHealthService())
                    .build();
        }

        static Stub start(String address) throws IOException {
            Stub stub = new Stub(address);
            stub.server.start();
            return stub;
        }

        @Override
        public void lookupTemperature(
                LookupTemperatureRequest request, StreamObserver<LookupTemperatureResponse> response) {
            switch (behavior) {
                case OK -> {
                    response.onNext(LookupTemperatureResponse.newBuilder()
                            .setReading(TemperatureReading.newBuilder()
                                    .setPoint(request.getPoint())
                                    .setTemperatureCelsius(0))
                            .build());
                    response.onCompleted();
                }
                case UNAVAILABLE -> response.onError(Status.UNAVAILABLE.asRuntimeException());
                case INTERNAL -> response.onError(Status.INTERNAL.asRuntimeException());
            }
        }
    }
}
