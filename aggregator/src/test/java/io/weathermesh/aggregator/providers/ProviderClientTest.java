package io.weathermesh.aggregator.providers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import com.google.rpc.Code;
import com.google.type.LatLng;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import io.weathermesh.proto.common.v1.Kind;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.humidity.v1.BatchLookupHumiditiesRequest;
import io.weathermesh.proto.humidity.v1.BatchLookupHumiditiesResponse;
import io.weathermesh.proto.humidity.v1.HumidityReading;
import io.weathermesh.proto.humidity.v1.HumidityServiceGrpc.HumidityServiceImplBase;
import io.weathermesh.proto.humidity.v1.LookupHumidityClimateRequest;
import io.weathermesh.proto.humidity.v1.LookupHumidityClimateResponse;
import io.weathermesh.proto.humidity.v1.LookupHumidityClimateResponse.MonthlyHumidity;
import io.weathermesh.proto.humidity.v1.LookupHumidityRequest;
import io.weathermesh.proto.humidity.v1.LookupHumidityResponse;
import io.weathermesh.proto.humidity.v1.WatchHumidityRequest;
import io.weathermesh.proto.humidity.v1.WatchHumidityResponse;
import io.weathermesh.proto.weather.v1.Climate;
import io.weathermesh.proto.weather.v1.Problem;
import io.weathermesh.proto.weather.v1.Weather;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A humidity-provider on a real socket, whose responses break the contract in one way after the other. */
final class ProviderClientTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Duration GUARD = Duration.ofSeconds(60);
    private static final Point VIENNA = point(48.21, 16.37);

    private final FaultyHumidity service = new FaultyHumidity();
    private Server server;
    private ManagedChannel channel;
    private ProviderClient client;

    @BeforeEach
    void start() throws Exception {
        server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(service)
                .build()
                .start();
        channel = Grpc.newChannelBuilder("127.0.0.1:" + server.getPort(), InsecureChannelCredentials.create())
                .build();
        ProviderContract contract = Providers.CONTRACTS.get(1);
        assertThat(contract.name()).isEqualTo("humidity-provider");
        client = new ProviderClient(contract, channel, channel, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    private record Fault(String reason, Consumer<HumidityReading.Builder> change) {
        @Override
        public String toString() {
            return reason;
        }
    }

    private static Stream<Fault> faults() {
        return Stream.of(
                new Fault("has no value", HumidityReading.Builder::clear),
                new Fault("has no value", HumidityReading.Builder::clearRelativeHumidityPercent),
                new Fault("of NaN", reading -> reading.setRelativeHumidityPercent(Double.NaN)),
                new Fault("of Infinity", reading -> reading.setRelativeHumidityPercent(Double.POSITIVE_INFINITY)),
                new Fault("not between 0.0 and 100.0", reading -> reading.setRelativeHumidityPercent(100.1)),
                new Fault("not between 0.0 and 100.0", reading -> reading.setRelativeHumidityPercent(-0.1)),
                new Fault("has no provenance", HumidityReading.Builder::clearProvenance),
                provenance("has no provenance", Provenance.Builder::clearSource),
                provenance("without a kind", Provenance.Builder::clearKind),
                provenance("without a kind", provenance -> provenance.setKindValue(99)),
                provenance("without a valid observe_time", Provenance.Builder::clearObserveTime),
                provenance("without a valid expire_time", Provenance.Builder::clearExpireTime),
                provenance(
                        "without a valid expire_time",
                        provenance ->
                                provenance.setExpireTime(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE))),
                provenance("expires more than 31 days ahead", provenance -> expiring(provenance, Duration.ofDays(365))),
                provenance("has expired", provenance -> expiring(provenance, Duration.ofHours(-1))),
                provenance("an invalid number", provenance -> provenance.setUncertainty(Double.NaN)),
                provenance("an invalid number", provenance -> provenance.setUncertainty(-1)),
                provenance("an invalid number", provenance -> provenance.setDistanceMeters(-1)),
                new Fault("is for another point", HumidityReading.Builder::clearPoint),
                new Fault("is for another point", reading -> reading.setPoint(point(48.21, 16.39))),
                new Fault("is for another point", reading -> reading.setPoint(point(Double.NaN, 16.37))));
    }

    private static Fault provenance(String reason, Consumer<Provenance.Builder> change) {
        return new Fault(reason, reading -> change.accept(reading.getProvenanceBuilder()));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void anInvalidReadingIsAMissingValueWithItsReason(Fault fault) throws Exception {
        service.change = fault.change();
        assertMissing(lookup(), fault.reason());
        assertThat(lookupEach(VIENNA, VIENNA)).hasSize(2).allSatisfy(result -> assertMissing(result, fault.reason()));
        assertMissing(watch(), fault.reason());
    }

    @Test
    void aValidReadingIsPresent() throws Exception {
        assertPresent(lookup());
        assertThat(lookupEach(VIENNA, point(-33.87, 151.21))).hasSize(2).allSatisfy(ProviderClientTest::assertPresent);
        assertPresent(watch());
    }

    @Test
    void zeroIsAValueAndMinusZeroBecomesZero() throws Exception {
        service.change = reading -> reading.setRelativeHumidityPercent(-0.0);
        assertThat(lookup().value().part().getRelativeHumidity().getRelativeHumidityPercent())
                .isEqualTo(0.0);
    }

    @Test
    void aReadingThatHasJustExpiredIsPresent() throws Exception {
        service.change = reading -> expiring(reading.getProvenanceBuilder(), Duration.ofSeconds(-30));
        assertPresent(lookup());
    }

    @Test
    void aReadingThatExpiredAWhileAgoIsStale() throws Exception {
        service.change = reading -> expiring(reading.getProvenanceBuilder(), Duration.ofMinutes(-10));
        ProviderResult<Reading<Weather>> result = lookup();
        assertThat(result.value()).isNotNull();
        assertThat(result.problem().getEffect()).isEqualTo(Problem.Effect.EFFECT_STALE);
        assertThat(result.problem().getDetail()).isEqualTo("The response of the humidity-provider has expired.");
    }

    @Test
    void aReadingAcrossTheDateLineIsForTheSamePoint() throws Exception {
        Point fiji = point(-16.8, 180);
        service.change = reading -> reading.setPoint(point(-16.8, -180));
        assertPresent(get(client.lookup(fiji, Timestamps.fromSeconds(NOW.getEpochSecond()))));
    }

    @Test
    void aBatchInAnotherOrderIsMissing() throws Exception {
        service.batch = response -> BatchLookupHumiditiesResponse.newBuilder()
                .addResults(response.getResults(1))
                .addResults(response.getResults(0))
                .build();
        assertThat(lookupEach(VIENNA, point(-33.87, 151.21)))
                .allSatisfy(result -> assertMissing(result, "is for another point"));
    }

    @Test
    void aBatchWithAnotherNumberOfResultsIsMissing() throws Exception {
        service.batch = response -> response.toBuilder().removeResults(0).build();
        assertThat(lookupEach(VIENNA, VIENNA))
                .hasSize(2)
                .allSatisfy(result -> assertMissing(result, "has 1 results for 2 requests"));
    }

    @Test
    void aBatchResultWithoutAReadingAndWithoutAnErrorIsMissing() throws Exception {
        service.batch = response -> response.toBuilder()
                .setResults(0, BatchLookupHumiditiesResponse.Result.getDefaultInstance())
                .build();
        List<ProviderResult<Reading<Weather>>> results = lookupEach(VIENNA, VIENNA);
        assertMissing(results.get(0), "has no value");
        assertPresent(results.get(1));
    }

    @Test
    void aClimateHasNoObserveTime() throws Exception {
        service.climate = response -> {
            LookupHumidityClimateResponse.Builder changed = response.toBuilder();
            changed.getProvenanceBuilder().clearObserveTime();
            return changed.build();
        };
        assertPresent(climate());
    }

    @Test
    void aClimateNeedsTwelveMonthsInOrderWithValues() throws Exception {
        assertThat(climate().value().part().getMonthsList()).hasSize(12);
        service.climate = response -> response.toBuilder().removeMonths(11).build();
        assertMissing(climate(), "has 11 months");
        service.climate = response -> response.toBuilder()
                .setMonths(3, MonthlyHumidity.newBuilder().setMonth(13).setRelativeHumidityPercent(50))
                .build();
        assertMissing(climate(), "does not have the months in order");
        service.climate = response -> response.toBuilder()
                .setMonths(3, MonthlyHumidity.newBuilder().setMonth(4))
                .build();
        assertMissing(climate(), "has no value");
        service.climate = response -> response.toBuilder().clearProvenance().build();
        assertMissing(climate(), "has no provenance");
    }

    private static void assertPresent(ProviderResult<?> result) {
        assertThat(result.problem()).isNull();
        assertThat(result.value()).isNotNull();
    }

    private static void assertMissing(ProviderResult<?> result, String reason) {
        assertThat(result.value()).isNull();
        assertThat(result.problem()).isNotNull();
        assertThat(result.problem().getEffect()).isEqualTo(Problem.Effect.EFFECT_ABSENT);
        assertThat(result.problem().getCode()).isEqualTo(Code.INTERNAL);
        assertThat(result.problem().getDetail())
                .startsWith("The response of the humidity-provider ")
                .contains(reason)
                .endsWith(".");
    }

    private ProviderResult<Reading<Weather>> lookup() throws Exception {
        return get(client.lookup(VIENNA, Timestamps.fromSeconds(NOW.getEpochSecond())));
    }

    private List<ProviderResult<Reading<Weather>>> lookupEach(Point... points) throws Exception {
        return get(client.lookupEach(List.of(points), Timestamps.fromSeconds(NOW.getEpochSecond())));
    }

    private ProviderResult<Reading<Climate>> climate() throws Exception {
        return get(client.climate(VIENNA));
    }

    private ProviderResult<Reading<Weather>> watch() throws Exception {
        BlockingQueue<ProviderResult<Reading<Weather>>> results = new LinkedBlockingQueue<>();
        Context.CancellableContext context = Context.ROOT.withCancellation();
        try {
            context.run(() -> client.watch(VIENNA, results::add, end -> {}));
            ProviderResult<Reading<Weather>> first = results.poll(GUARD.toSeconds(), TimeUnit.SECONDS);
            assertThat(first).isNotNull();
            return first;
        } finally {
            context.cancel(null);
        }
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(GUARD.toSeconds(), TimeUnit.SECONDS);
    }

    private static Point point(double latitude, double longitude) {
        return Point.newBuilder()
                .setCoordinates(LatLng.newBuilder().setLatitude(latitude).setLongitude(longitude))
                .build();
    }

    private static void expiring(Provenance.Builder provenance, Duration ahead) {
        provenance.setExpireTime(Timestamps.fromSeconds(NOW.plus(ahead).getEpochSecond()));
    }

    private static Provenance provenance() {
        Provenance.Builder provenance = Provenance.newBuilder()
                .setSource("hygrometer")
                .setKind(Kind.KIND_OBSERVATION)
                .setObserveTime(Timestamps.fromSeconds(NOW.getEpochSecond()));
        expiring(provenance, Duration.ofMinutes(10));
        return provenance.build();
    }

    private static final class FaultyHumidity extends HumidityServiceImplBase {
        private volatile Consumer<HumidityReading.Builder> change = reading -> {};
        private volatile UnaryOperator<BatchLookupHumiditiesResponse> batch = response -> response;
        private volatile UnaryOperator<LookupHumidityClimateResponse> climate = response -> response;

        private HumidityReading reading(Point point) {
            HumidityReading.Builder reading = HumidityReading.newBuilder()
                    .setPoint(point)
                    .setRelativeHumidityPercent(40)
                    .setProvenance(provenance());
            change.accept(reading);
            return reading.build();
        }

        @Override
        public void lookupHumidity(LookupHumidityRequest request, StreamObserver<LookupHumidityResponse> observer) {
            observer.onNext(LookupHumidityResponse.newBuilder()
                    .setReading(reading(request.getPoint()))
                    .build());
            observer.onCompleted();
        }

        @Override
        public void batchLookupHumidities(
                BatchLookupHumiditiesRequest request, StreamObserver<BatchLookupHumiditiesResponse> observer) {
            BatchLookupHumiditiesResponse.Builder response = BatchLookupHumiditiesResponse.newBuilder();
            request.getRequestsList()
                    .forEach(one -> response.addResultsBuilder().setReading(reading(one.getPoint())));
            observer.onNext(batch.apply(response.build()));
            observer.onCompleted();
        }

        @Override
        public void watchHumidity(WatchHumidityRequest request, StreamObserver<WatchHumidityResponse> observer) {
            observer.onNext(WatchHumidityResponse.newBuilder()
                    .setReading(reading(request.getPoint()))
                    .build());
        }

        @Override
        public void lookupHumidityClimate(
                LookupHumidityClimateRequest request, StreamObserver<LookupHumidityClimateResponse> observer) {
            LookupHumidityClimateResponse.Builder response = LookupHumidityClimateResponse.newBuilder()
                    .setPoint(request.getPoint())
                    .setProvenance(provenance());
            for (int month = 1; month <= 12; month++) {
                response.addMonthsBuilder().setMonth(month).setRelativeHumidityPercent(50);
            }
            observer.onNext(climate.apply(response.build()));
            observer.onCompleted();
        }
    }
}
