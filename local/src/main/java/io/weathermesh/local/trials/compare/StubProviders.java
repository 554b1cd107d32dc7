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
 * Stand-ins for temperature providers, as many as wanted in one process, each on an address of its own: for what a true
 * provider will not do, and for more tasks than a laptop has room for. Its standard input tells it what to do, and each
 * line is answered with {@code done}:
 *
 * <pre>
 * start ADDRESS
 * behavior ADDRESS WELL | UNAVAILABLE | INTERNAL
 * </pre>
 */
public final class StubProviders {
    private static final long LEAST_KEEPALIVE_SECONDS = 5;

    /** What a task does with a call. */
    enum Behavior {
        WELL,
        UNAVAILABLE,
        INTERNAL
    }

    private final Map<String, Task> tasks = new LinkedHashMap<>();

    private StubProviders() {}

    public static void main(String[] args) {
        MeshProcess.run("stand-in", environment -> new StubProviders().follow());
    }

    private void follow() throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "start" -> tasks.put(words[1], Task.start(words[1]));
                case "behavior" -> task(words[1]).behavior = Behavior.valueOf(words[2]);
                default -> throw new IllegalArgumentException("unknown line: " + line);
            }
            System.out.println("done");
        }
        tasks.values().forEach(task -> task.server.shutdownNow());
    }

    private Task task(String address) {
        Task task = tasks.get(address);
        if (task == null) {
            throw new IllegalArgumentException("no stand-in at " + address);
        }
        return task;
    }

    /** One stand-in. */
    private static final class Task extends TemperatureServiceGrpc.TemperatureServiceImplBase {
        private final Server server;
        private volatile Behavior behavior = Behavior.WELL;

        private Task(String address) {
            HealthStatusManager health = new HealthStatusManager();
            health.setStatus(TemperatureServiceGrpc.SERVICE_NAME, ServingStatus.SERVING);
            server = NettyServerBuilder.forAddress(new InetSocketAddress(address, MeshNames.GRPC_PORT))
                    .permitKeepAliveTime(LEAST_KEEPALIVE_SECONDS, TimeUnit.SECONDS)
                    .permitKeepAliveWithoutCalls(true)
                    .directExecutor()
                    .addService(this)
                    .addService(health.getHealthService())
                    .build();
        }

        static Task start(String address) throws IOException {
            Task task = new Task(address);
            task.server.start();
            return task;
        }

        @Override
        public void lookupTemperature(
                LookupTemperatureRequest request, StreamObserver<LookupTemperatureResponse> answer) {
            switch (behavior) {
                case WELL -> {
                    answer.onNext(LookupTemperatureResponse.newBuilder()
                            .setReading(TemperatureReading.newBuilder()
                                    .setPoint(request.getPoint())
                                    .setTemperatureCelsius(0))
                            .build());
                    answer.onCompleted();
                }
                case UNAVAILABLE -> answer.onError(Status.UNAVAILABLE.asRuntimeException());
                case INTERNAL -> answer.onError(Status.INTERNAL.asRuntimeException());
            }
        }
    }
}
