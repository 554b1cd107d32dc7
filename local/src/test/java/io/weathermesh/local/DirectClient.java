package io.weathermesh.local;

import com.google.gson.JsonObject;
import com.google.protobuf.util.Timestamps;
import com.google.type.LatLng;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.temperature.v1.LookupTemperatureRequest;
import io.weathermesh.proto.temperature.v1.TemperatureServiceGrpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Queries and calls without the command line: to the name server and to tasks. */
final class DirectClient {
    private DirectClient() {}

    /** The addresses in the answer of the name server on a loopback port. */
    static List<String> dns(int port, String name) throws IOException {
        SimpleResolver resolver = new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Message answer =
                resolver.send(Message.newQuery(Record.newRecord(Name.fromConstantString(name), Type.A, DClass.IN)));
        return answer.getSection(Section.ANSWER).stream()
                .map(record -> ((ARecord) record).getAddress().getHostAddress())
                .toList();
    }

    /** The temperature of a provider for the place and the instant of a response of the gateway. */
    static double celsius(String address, JsonObject weather) throws ParseException {
        JsonObject where = weather.getAsJsonObject("location").getAsJsonObject("coordinates");
        JsonObject provenance = weather.getAsJsonObject("temperature").getAsJsonObject("provenance");
        ManagedChannel channel = Grpc.newChannelBuilder(address + ":50051", InsecureChannelCredentials.create())
                .build();
        try {
            return TemperatureServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(20, TimeUnit.SECONDS)
                    .lookupTemperature(LookupTemperatureRequest.newBuilder()
                            .setPoint(Point.newBuilder()
                                    .setCoordinates(LatLng.newBuilder()
                                            .setLatitude(where.get("latitude").getAsDouble())
                                            .setLongitude(where.get("longitude").getAsDouble())))
                            .setEffectiveTime(Timestamps.parse(
                                    provenance.get("observeTime").getAsString()))
                            .build())
                    .getReading()
                    .getTemperatureCelsius();
        } finally {
            channel.shutdownNow();
        }
    }

    /** The services that a task lists by gRPC reflection. */
    static List<String> reflection(ManagedChannel channel) {
        CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> requests = ServerReflectionGrpc.newStub(channel)
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        answer.complete(response);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        answer.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {}
                });
        requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        List<String> names =
                answer.orTimeout(20, TimeUnit.SECONDS).join().getListServicesResponse().getServiceList().stream()
                        .map(service -> service.getName())
                        .toList();
        requests.onCompleted();
        return names;
    }
}
