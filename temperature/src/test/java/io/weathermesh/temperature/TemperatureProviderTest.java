package io.weathermesh.temperature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.BadRequest;
import com.google.type.LatLng;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.StatusProto;
import io.weathermesh.mesh.MeshServer;
import io.weathermesh.mesh.MeshServerConfig;
import io.weathermesh.mesh.MeshTimings;
import io.weathermesh.proto.common.v1.Kind;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.temperature.v1.BatchLookupTemperaturesRequest;
import io.weathermesh.proto.temperature.v1.ListSourcesRequest;
import io.weathermesh.proto.temperature.v1.LookupTemperatureClimateRequest;
import io.weathermesh.proto.temperature.v1.LookupTemperatureRequest;
import io.weathermesh.proto.temperature.v1.TemperatureReading;
import io.weathermesh.proto.temperature.v1.TemperatureServiceGrpc;
import io.weathermesh.proto.temperature.v1.WatchTemperatureRequest;
import io.weathermesh.sources.Provider;
import io.weathermesh.sources.Sources;
import io.weathermesh.sources.Timers;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The provider as its callers meet it: over a socket. */
final class TemperatureProviderTest {
    private static final Point VIENNA = Point.newBuilder()
            .setCoordinates(LatLng.newBuilder().setLatitude(48.25).setLongitude(16.36))
            .setElevationMeters(198)
            .build();
    private static final Clock JULY = Clock.fixed(Instant.parse("2026-07-16T11:00:00Z"), ZoneOffset.UTC);

    private final MeshServer server;
    private final ManagedChannel channel;
    private final TemperatureServiceGrpc.TemperatureServiceBlockingStub calls;

    TemperatureProviderTest() throws Exception {
        Timers timers = Timers.daemon("readings");
        Provider provider = new Provider(Sources.embedded(JULY, timers), timers);
        server = MeshServer.builder(
                        TemperatureProvider.NAME,
                        new MeshServerConfig(InetAddress.getByName("127.0.0.1"), 0, 0),
                        MeshTimings.defaults())
                .service(new TemperatureCalls(provider))
                .handlersNeverBlock()
                .build();
        server.start();
        channel = Grpc.newChannelBuilder("127.0.0.1:" + server.grpcPort(), InsecureChannelCredentials.create())
                .build();
        calls = TemperatureServiceGrpc.newBlockingStub(channel).withDeadlineAfter(5, TimeUnit.MINUTES);
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
        server.close();
    }

    private static LookupTemperatureRequest at(double latitude) {
        return LookupTemperatureRequest.newBuilder()
                .setPoint(Point.newBuilder()
                        .setCoordinates(
                                LatLng.newBuilder().setLatitude(latitude).setLongitude(16.36)))
                .build();
    }

    @Test
    void tellsTheUsualTemperatureWithItsProvenance() {
        TemperatureReading reading = calls.lookupTemperature(
                        LookupTemperatureRequest.newBuilder().setPoint(VIENNA).build())
                .getReading();

        assertThat(reading.getTemperatureCelsius()).isBetween(15.0, 32.0);
        assertThat(reading.getProvenance().getKind()).isEqualTo(Kind.KIND_CLIMATOLOGY);
        assertThat(reading.getProvenance().getSource()).isEqualTo("climatology");
        assertThat(reading.getProvenance().getUncertainty()).isPositive();
        assertThat(reading.getProvenance().getObserveTime().getSeconds())
                .isEqualTo(JULY.instant().getEpochSecond());
        assertThat(reading.getPoint()).isEqualTo(VIENNA);
    }

    @Test
    void namesTheFieldThatIsWrong() {
        StatusRuntimeException refusal =
                catchThrowableOfType(StatusRuntimeException.class, () -> calls.lookupTemperature(at(91)));

        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refusal).hasMessageContaining("point.coordinates.latitude is 91.0, but allowed is -90.0 to 90.0");
        assertThat(StatusProto.fromThrowable(refusal).getDetailsList())
                .singleElement()
                .satisfies(detail -> assertThat(detail.unpack(BadRequest.class)
                                .getFieldViolations(0)
                                .getField())
                        .isEqualTo("point.coordinates.latitude"));
    }

    @Test
    void aPointThatIsNoNumberOrMissingIsRefused() {
        for (double latitude : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -90.1}) {
            assertThat(catchThrowableOfType(StatusRuntimeException.class, () -> calls.lookupTemperature(at(latitude))))
                    .hasMessageContaining("point.coordinates.latitude");
        }
        assertThat(catchThrowableOfType(
                        StatusRuntimeException.class,
                        () -> calls.lookupTemperature(LookupTemperatureRequest.getDefaultInstance())))
                .hasMessageContaining("point is missing");
    }

    @Test
    void onePointOfABatchMayFailAlone() {
        var results = calls.batchLookupTemperatures(BatchLookupTemperaturesRequest.newBuilder()
                        .addRequests(at(48))
                        .addRequests(at(91))
                        .addRequests(at(-48))
                        .build())
                .getResultsList();

        assertThat(results).hasSize(3);
        assertThat(results.get(0).hasReading()).isTrue();
        assertThat(results.get(1).getError().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT.value());
        assertThat(results.get(1).getError().getDetailsCount()).isEqualTo(1);
        assertThat(results.get(2).getReading().getPoint().getCoordinates().getLatitude())
                .isEqualTo(-48);
    }

    @Test
    void aBatchHasOneToAHundredQuestions() {
        BatchLookupTemperaturesRequest.Builder many = BatchLookupTemperaturesRequest.newBuilder();
        for (int i = 0; i < 101; i++) {
            many.addRequests(at(48));
        }

        assertThat(catchThrowableOfType(
                        StatusRuntimeException.class, () -> calls.batchLookupTemperatures(many.build())))
                .hasMessageContaining("requests has 101 questions, but allowed is 1 to 100");
        assertThat(catchThrowableOfType(
                        StatusRuntimeException.class,
                        () -> calls.batchLookupTemperatures(BatchLookupTemperaturesRequest.getDefaultInstance())))
                .hasMessageContaining("requests has 0 questions");
    }

    @Test
    void tellsTheYearAndItsSources() {
        var climate = calls.lookupTemperatureClimate(
                LookupTemperatureClimateRequest.newBuilder().setPoint(VIENNA).build());

        assertThat(climate.getMonthsList()).hasSize(12);
        assertThat(climate.getMonths(6).getMonth()).isEqualTo(7);
        assertThat(climate.getProvenance().hasObserveTime()).isFalse();
        assertThat(calls.listSources(ListSourcesRequest.getDefaultInstance()).getSourcesList())
                .singleElement()
                .satisfies(source -> assertThat(source.getId()).isEqualTo("climatology"));
    }

    @Test
    void aWatchTellsTheCurrentReadingAtOnce() {
        var events = calls.watchTemperature(
                WatchTemperatureRequest.newBuilder().setPoint(VIENNA).build());

        assertThat(events.next().getReading().hasTemperatureCelsius()).isTrue();
    }

    @Test
    void isHealthyUnderItsServiceName() {
        assertThat(HealthGrpc.newBlockingStub(channel)
                        .check(HealthCheckRequest.newBuilder()
                                .setService(TemperatureServiceGrpc.SERVICE_NAME)
                                .build())
                        .getStatus())
                .isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void aWrongSettingEndsTheProcessWithOneLine() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                TemperatureProvider.class.getName());
        builder.environment().put("WEATHER_SOURCES", "tea-leaves,climatology");
        Process process = builder.start();

        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(errors).startsWith("temperature-provider: WEATHER_SOURCES").contains("tea-leaves");
        assertThat(errors.lines()).hasSize(1);
    }
}
