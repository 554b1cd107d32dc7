package io.weathermesh.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.Timestamp;
import com.google.rpc.BadRequest;
import com.google.type.LatLng;
import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.weathermesh.aggregator.providers.ProviderContract;
import io.weathermesh.aggregator.providers.Providers;
import io.weathermesh.local.fleet.ServiceDefinition;
import io.weathermesh.proto.common.v1.Kind;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.common.v1.Provenance;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every provider promises, shown by the process of each, over a socket. Messages are built and read by the names
 * that all contracts share, so a new provider is tested without another line.
 */
@Tag("jdk")
final class EveryProviderTest {
    private static final Point VIENNA =
            point(48.25).toBuilder().setElevationMeters(198).build();
    private static final Timestamp JULY_NOON = Timestamp.newBuilder()
            .setSeconds(Instant.parse("2026-07-16T11:00:00Z").getEpochSecond())
            .build();

    /** Values of Vienna at noon in July, by the field of the reading; another provider's value needs only to be there. */
    private static final Map<String, double[]> USUAL =
            Map.of("temperature_celsius", new double[] {15, 32}, "relative_humidity_percent", new double[] {30, 80});

    private static final int PORT = 50_051;

    /** Ends a test that hangs. */
    private static final Duration GUARD = Duration.ofSeconds(60);

    private static final List<Provider> PROVIDERS = new ArrayList<>();

    /** A provider's process and a client of it. */
    private record Provider(
            ServiceDefinition definition,
            ServiceDescriptor service,
            String address,
            Process process,
            ManagedChannel channel) {

        /** The method whose name matches: {@code Lookup[A-Za-z]+} matches LookupHumidity and LookupHumidityClimate. */
        Optional<MethodDescriptor<?, ?>> method(String pattern) {
            return service.getMethods().stream()
                    .filter(method -> String.valueOf(method.getBareMethodName()).matches(pattern))
                    .<MethodDescriptor<?, ?>>map(method -> method)
                    .findFirst();
        }

        MethodDescriptor<?, ?> lookup() {
            return method("Lookup(?!\\w*Climate)\\w+").orElseThrow();
        }

        MethodDescriptor<?, ?> batch() {
            return method("BatchLookup\\w+").orElseThrow();
        }

        Message call(MethodDescriptor<?, ?> method, Message request) {
            return ClientCalls.blockingUnaryCall(channel, generated(method), options(), request);
        }

        @SuppressWarnings("unchecked") // protoc generates all methods with messages
        static MethodDescriptor<Message, Message> generated(MethodDescriptor<?, ?> method) {
            return (MethodDescriptor<Message, Message>) method;
        }

        static CallOptions options() {
            return CallOptions.DEFAULT.withDeadlineAfter(GUARD.toSeconds(), TimeUnit.SECONDS);
        }

        @Override
        public String toString() {
            return definition.name();
        }
    }

    @BeforeAll
    static void start() throws IOException {
        for (ServiceDefinition definition : ServiceDefinition.PROVIDERS) {
            String address = "127.0.112." + (PROVIDERS.size() + 1);
            ServiceDescriptor service = Providers.CONTRACTS.stream()
                    .filter(contract -> contract.name().equals(definition.name()))
                    .map(ProviderContract::service)
                    .findFirst()
                    .orElseThrow();
            ProcessBuilder builder = java(definition, Map.of("MESH_BIND_ADDRESS", address))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            PROVIDERS.add(new Provider(
                    definition,
                    service,
                    address,
                    builder.start(),
                    Grpc.newChannelBuilder(address + ":" + PORT, InsecureChannelCredentials.create())
                            .build()));
        }
        for (Provider provider : PROVIDERS) {
            await(provider + " serves")
                    .atMost(GUARD)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> serves(provider));
        }
    }

    /** A provider listens before it has warmed up, and has no status until then. */
    private static boolean serves(Provider provider) {
        assertThat(provider.process().isAlive()).as(provider + " is running").isTrue();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(provider.address(), PORT));
            return health(provider) == ServingStatus.SERVING;
        } catch (IOException | StatusRuntimeException e) {
            return false;
        }
    }

    private static ServingStatus health(Provider provider) {
        return HealthGrpc.newBlockingStub(provider.channel())
                .withDeadlineAfter(GUARD.toSeconds(), TimeUnit.SECONDS)
                .check(HealthCheckRequest.newBuilder()
                        .setService(provider.service().getName())
                        .build())
                .getStatus();
    }

    @AfterAll
    static void stop() {
        for (Provider provider : PROVIDERS) {
            provider.channel().shutdownNow();
            provider.process().destroyForcibly();
        }
        PROVIDERS.clear();
    }

    static List<Provider> providers() {
        return PROVIDERS;
    }

    /** The providers that serve a climate, which have the sources that {@code WEATHER_SOURCES} names. */
    static Stream<Provider> climateProviders() {
        return PROVIDERS.stream()
                .filter(provider -> provider.method("\\w+Climate").isPresent());
    }

    private static ProcessBuilder java(ServiceDefinition definition, Map<String, String> settings) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                definition.mainClass());
        builder.environment().putAll(settings);
        return builder;
    }

    private static Point point(double latitude) {
        return Point.newBuilder()
                .setCoordinates(LatLng.newBuilder().setLatitude(latitude).setLongitude(16.36))
                .build();
    }

    private static Message.Builder request(MethodDescriptor<?, ?> method) {
        var marshaller = (PrototypeMarshaller<?>) method.getRequestMarshaller();
        return ((Message) marshaller.getMessagePrototype()).newBuilderForType();
    }

    private static Message at(MethodDescriptor<?, ?> method, Point point) {
        return set(request(method), "point", point).build();
    }

    private static Message.Builder set(Message.Builder message, String field, Object value) {
        return message.setField(message.getDescriptorForType().findFieldByName(field), value);
    }

    private static Object get(MessageOrBuilder message, String field) {
        return message.getField(message.getDescriptorForType().findFieldByName(field));
    }

    private static boolean has(Message message, String field) {
        return message.hasField(message.getDescriptorForType().findFieldByName(field));
    }

    /** The values of a reading are its fields of type double. */
    private static void assertHasUsualValue(Message reading) {
        List<FieldDescriptor> values = reading.getDescriptorForType().getFields().stream()
                .filter(field -> field.getJavaType() == JavaType.DOUBLE)
                .toList();
        assertThat(values).isNotEmpty().allSatisfy(field -> {
            assertThat(reading.hasField(field)).as(field.getName()).isTrue();
            double[] usual = USUAL.getOrDefault(
                    field.getName(), new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY});
            assertThat((Double) reading.getField(field)).as(field.getName()).isBetween(usual[0], usual[1]);
        });
    }

    private static StatusRuntimeException refusal(Provider provider, MethodDescriptor<?, ?> method, Message request) {
        return catchThrowableOfType(StatusRuntimeException.class, () -> provider.call(method, request));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aLookupReturnsTheUsualValueWithItsProvenance(Provider provider) {
        Message request = set(at(provider.lookup(), VIENNA).toBuilder(), "effective_time", JULY_NOON)
                .build();

        Message reading = (Message) get(provider.call(provider.lookup(), request), "reading");

        assertHasUsualValue(reading);
        assertThat(get(reading, "point")).isEqualTo(VIENNA);
        Provenance provenance = (Provenance) get(reading, "provenance");
        assertThat(provenance.getKind()).isEqualTo(Kind.KIND_CLIMATOLOGY);
        assertThat(provenance.getSource()).isNotEmpty();
        assertThat(provenance.getObserveTime()).isEqualTo(JULY_NOON);
    }

    @ParameterizedTest
    @MethodSource("climateProviders")
    void aReadingOfTheClimatologyHasAnUncertainty(Provider provider) {
        Message reading = (Message) get(provider.call(provider.lookup(), at(provider.lookup(), VIENNA)), "reading");

        Provenance provenance = (Provenance) get(reading, "provenance");
        assertThat(provenance.getSource()).isEqualTo("climatology");
        assertThat(provenance.getUncertainty()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void anInvalidFieldIsNamedInTheErrorAndItsDetails(Provider provider) throws Exception {
        StatusRuntimeException refusal = refusal(provider, provider.lookup(), at(provider.lookup(), point(91)));

        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refusal).hasMessageContaining("point.coordinates.latitude is 91.0, but must be between -90 and 90");
        var details = StatusProto.fromThrowable(refusal).getDetailsList();
        assertThat(details).hasSize(1);
        assertThat(details.get(0).unpack(BadRequest.class).getFieldViolations(0).getField())
                .isEqualTo("point.coordinates.latitude");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aPointThatIsMissingOrNotANumberIsRefused(Provider provider) {
        for (double latitude : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -90.1}) {
            assertThat(refusal(provider, provider.lookup(), at(provider.lookup(), point(latitude))))
                    .hasMessageContaining("point.coordinates.latitude");
        }
        assertThat(refusal(
                        provider, provider.lookup(), request(provider.lookup()).build()))
                .hasMessageContaining("point is missing");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aBatchReturnsEachResultOrErrorInOrder(Provider provider) {
        Message response = provider.call(provider.batch(), batch(provider, 48, 91, -48));

        List<?> results = (List<?>) get(response, "results");
        assertThat(results).hasSize(3);
        assertThat(has((Message) results.get(0), "reading")).isTrue();
        var error = (com.google.rpc.Status) get((Message) results.get(1), "error");
        assertThat(error.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT.value());
        assertThat(error.getDetailsCount()).isEqualTo(1);
        Point point = (Point) get((Message) get((Message) results.get(2), "reading"), "point");
        assertThat(point.getCoordinates().getLatitude()).isEqualTo(-48);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aBatchHasOneToAHundredRequests(Provider provider) {
        double[] many = Collections.nCopies(101, 48.0).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();

        assertThat(refusal(provider, provider.batch(), batch(provider, many)))
                .hasMessageContaining("requests has 101 entries, but must have 1 to 100");
        assertThat(refusal(provider, provider.batch(), batch(provider))).hasMessageContaining("requests has 0 entries");
    }

    private static Message batch(Provider provider, double... latitudes) {
        Message.Builder batch = request(provider.batch());
        for (double latitude : latitudes) {
            batch.addRepeatedField(
                    batch.getDescriptorForType().findFieldByName("requests"), at(provider.lookup(), point(latitude)));
        }
        return batch.build();
    }

    @ParameterizedTest
    @MethodSource("climateProviders")
    void theClimateHasTwelveMonthsAndNoObserveTime(Provider provider) {
        MethodDescriptor<?, ?> method = provider.method("\\w+Climate").orElseThrow();

        Message climate = provider.call(method, at(method, VIENNA));

        List<?> months = (List<?>) get(climate, "months");
        assertThat(months).hasSize(12);
        assertThat(get((Message) months.get(6), "month")).isEqualTo(7);
        assertHasUsualValue((Message) months.get(6));
        assertThat(((Provenance) get(climate, "provenance")).hasObserveTime()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void theSourcesAreListed(Provider provider) {
        MethodDescriptor<?, ?> method = provider.method("ListSources").orElseThrow();

        Message response = provider.call(method, request(method).build());

        List<?> sources = (List<?>) get(response, "sources");
        assertThat(sources).hasSize(1);
        assertThat((String) get((Message) sources.get(0), "id")).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aStreamSendsTheCurrentReadingAtOnce(Provider provider) {
        MethodDescriptor<?, ?> method = provider.method("Watch\\w+").orElseThrow();

        var events = ClientCalls.blockingServerStreamingCall(
                provider.channel(), Provider.generated(method), Provider.options(), at(method, VIENNA));

        Message reading = (Message) get(events.next(), "reading");
        assertThat(get(reading, "point")).isEqualTo(VIENNA);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aProviderIsHealthyUnderTheNameOfItsService(Provider provider) {
        assertThat(health(provider)).isEqualTo(ServingStatus.SERVING);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void anInvalidSettingOfTheMeshEndsTheProcessWithOneLine(Provider provider) throws Exception {
        assertEndsWithOneLine(provider, "MESH_GRPC_PORT", "tea-leaves");
    }

    @ParameterizedTest
    @MethodSource("climateProviders")
    void anInvalidSettingOfTheSourcesEndsTheProcessWithOneLine(Provider provider) throws Exception {
        assertEndsWithOneLine(provider, "WEATHER_SOURCES", "tea-leaves,climatology");
    }

    private static void assertEndsWithOneLine(Provider provider, String setting, String value) throws Exception {
        Process process = java(provider.definition(), Map.of(setting, value)).start();

        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(errors).startsWith(provider + ": " + setting + " is '" + value + "'");
        assertThat(errors.lines()).hasSize(1);
    }
}
