package io.weathermesh.aggregator.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.weathermesh.aggregator.grpc.WeatherGrpcService;
import io.weathermesh.proto.weather.v1.LookupWeatherRequest;
import io.weathermesh.proto.weather.v1.WatchWeatherRequest;
import io.weathermesh.proto.weather.v1.WeatherServiceGrpc;
import java.io.IOException;
import java.util.function.Supplier;

/** The gateway's gRPC side on a port of its own, and a client of it. */
final class GrpcEndpoint implements AutoCloseable {
    private final Server server;
    private final ManagedChannel channel;

    private GrpcEndpoint(Server server) {
        this.server = server;
        channel = Grpc.newChannelBuilder("127.0.0.1:" + server.getPort(), InsecureChannelCredentials.create())
                .build();
    }

    static GrpcEndpoint of(TestGateway gateway) throws IOException {
        return new GrpcEndpoint(Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(new WeatherGrpcService(gateway.desk(), gateway.watches()))
                .build()
                .start());
    }

    WeatherServiceGrpc.WeatherServiceBlockingStub calls() {
        return WeatherServiceGrpc.newBlockingStub(channel);
    }

    static LookupWeatherRequest place(String location) {
        return LookupWeatherRequest.newBuilder().setLocation(location).build();
    }

    static WatchWeatherRequest watch(LookupWeatherRequest question) {
        return WatchWeatherRequest.newBuilder().setRequest(question).build();
    }

    /** What a call is refused with. */
    static com.google.rpc.Status refusal(Supplier<?> call) {
        return StatusProto.fromThrowable(catchThrowableOfType(StatusRuntimeException.class, call::get));
    }

    /** The field that a bad request is refused for. */
    static String field(com.google.rpc.Status refused) {
        assertThat(refused.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT.value());
        BadRequest.FieldViolation violation = detail(refused, BadRequest.class).getFieldViolations(0);
        assertThat(refused.getMessage()).isEqualTo(violation.getField() + " " + violation.getDescription());
        return violation.getField();
    }

    /** The first of the details, which is of this type. */
    static <D extends Message> D detail(com.google.rpc.Status refused, Class<D> type) {
        Any detail = refused.getDetails(0);
        try {
            return detail.unpack(type);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("not of the type: " + detail, e);
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
    }
}
