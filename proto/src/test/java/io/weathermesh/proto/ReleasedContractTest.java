package io.weathermesh.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Compares the contract with the one that was released last, whose clients must not break. A release records the new one
 * with {@link #main}; the file changes at no other time.
 */
class ReleasedContractTest {
    static final String CURRENT = "/META-INF/weather-mesh/weather.binpb";
    static final String RELEASED = "/released.binpb";
    private static final String FILE = "weather/v1/weather.proto";
    private static final String SERVICE_FILE = "weather/v1/weather_service.proto";

    private record Break(String name, Consumer<FileDescriptorSet.Builder> change, String message) {}

    @Test
    void noClientOfTheLastReleaseBreaks() {
        assertThat(ContractChanges.breaking(read(RELEASED), read(CURRENT))).isEmpty();
    }

    @Test
    void aReleaseShipsTheRecordedContract() {
        assertThat(outOfDate(System.getProperty("contract.version", "SNAPSHOT"), read(RELEASED), read(CURRENT)))
                .isEmpty();
    }

    @Test
    void aReleaseWithAnotherContractThanTheRecordedOneFailsAndASnapshotDoesNot() {
        FileDescriptorSet grown =
                with(file(FILE, file -> file.addMessageTypeBuilder().setName("Forecast")));

        assertThat(outOfDate("1.2.0", read(RELEASED), grown))
                .hasValueSatisfying(message -> assertThat(message).contains("1.2.0", "exec:java"));
        assertThat(outOfDate("1.2.0-SNAPSHOT", read(RELEASED), grown)).isEmpty();
        assertThat(outOfDate("1.2.0", withoutComments(grown), grown)).isEmpty();
    }

    /** The step that this version needs before its release, if any. */
    private static Optional<String> outOfDate(String version, FileDescriptorSet released, FileDescriptorSet current) {
        boolean same = version.endsWith("SNAPSHOT") || released.equals(withoutComments(current));
        return same
                ? Optional.empty()
                : Optional.of("released.binpb is not the contract of " + version
                        + ": run mvn -pl proto test-compile exec:java");
    }

    @TestFactory
    Stream<DynamicTest> aSeededBreakIsReportedWithItsClients() {
        return Stream.of(ofFields(), ofOneofs(), ofElements(), ofMethods())
                .flatMap(breaks -> breaks)
                .map(seeded -> DynamicTest.dynamicTest(
                        seeded.name(), () -> assertThat(ContractChanges.breaking(read(RELEASED), with(seeded.change())))
                                .anyMatch(message -> message.contains(seeded.message()))));
    }

    private static Stream<Break> ofFields() {
        return Stream.of(
                new Break(
                        "a field is renumbered",
                        inWeather("location", field -> field.setNumber(99)),
                        "Weather.location = 1 has a new number, 99; breaks the stubs"),
                new Break(
                        "two fields swap their numbers",
                        inWeather("temperature", field -> field.setNumber(6))
                                .andThen(inWeather("relative_humidity", field -> field.setNumber(5))),
                        "Weather.temperature = 5 has a new number, 6; breaks the stubs"),
                new Break(
                        "a field is renamed",
                        inWeather("location", field -> field.setName("place").setJsonName("place")),
                        "Weather.location = 1 is now named place; breaks REST"),
                new Break(
                        "a field is renamed and gets another type",
                        inWeather("local_time", field -> field.setName("clock").setType(Type.TYPE_INT32)),
                        "Weather.local_time = 4 was string and is int32; breaks the stubs"),
                new Break(
                        "a field has another type",
                        inWeather("location", field -> field.clearTypeName().setType(Type.TYPE_STRING)),
                        "was weather.v1.Location and is string; breaks the stubs"),
                new Break(
                        "a field becomes repeated",
                        inWeather("location", field -> field.setLabel(Label.LABEL_REPEATED)),
                        "and is repeated weather.v1.Location; breaks the stubs"),
                new Break(
                        "a field is removed",
                        file(FILE, file -> message(file, "Weather").removeField(0)),
                        "Weather.location = 1 was removed; breaks the stubs"),
                new Break(
                        "a field has another name in JSON",
                        inWeather("local_time", field -> field.setJsonName("clock")),
                        "was localTime in JSON and is clock; breaks REST"),
                new Break(
                        "a field is no longer optional",
                        inWeather("local_time", field -> field.clearProto3Optional()
                                .clearOneofIndex()),
                        "is no longer optional; breaks clients that distinguish absent from zero"));
    }

    private static Stream<Break> ofOneofs() {
        return Stream.of(
                new Break(
                        "a field moves into a oneof",
                        file(SERVICE_FILE, file -> field(message(file, "WatchWeatherRequest"), "min_interval")
                                .setOneofIndex(message(file, "WatchWeatherRequest")
                                                .addOneofDecl(OneofDescriptorProto.newBuilder()
                                                        .setName("pace"))
                                                .getOneofDeclCount()
                                        - 1)),
                        "was in no oneof and is in oneof pace; breaks code that uses the oneof"),
                new Break(
                        "a field leaves its oneof",
                        file(SERVICE_FILE, file -> field(message(file, "WatchWeatherResponse"), "weather")
                                .clearOneofIndex()),
                        "was in oneof event and is in no oneof; breaks code that uses the oneof"));
    }

    private static Stream<Break> ofElements() {
        return Stream.of(
                new Break(
                        "a message is renamed",
                        file(FILE, file -> message(file, "Weather").setName("Forecast")),
                        "message weather.v1.Weather was removed; breaks code of clients"),
                new Break(
                        "an enum's value is renamed",
                        status(status -> status.getValueBuilder(2).setName("STATUS_HALF")),
                        "Weather.Status.STATUS_PARTIAL = 2 was removed; breaks REST"),
                new Break(
                        "an enum's value is renumbered",
                        status(status -> status.getValueBuilder(2).setNumber(9)),
                        "Weather.Status.STATUS_PARTIAL = 2 has a new number, 9; breaks the stubs"),
                new Break(
                        "an enum is renamed",
                        status(status -> status.setName("State")),
                        "enum weather.v1.Weather.Status was removed; breaks code of clients"),
                new Break(
                        "the generated classes move",
                        file(FILE, file -> file.getOptionsBuilder().setJavaPackage("elsewhere")),
                        "and is elsewhere; breaks code of clients"));
    }

    private static Stream<Break> ofMethods() {
        return Stream.of(
                new Break(
                        "a service is renamed",
                        file(SERVICE_FILE, file -> file.getServiceBuilder(0).setName("Almanac")),
                        "service weather.v1.WeatherService was removed; breaks callers of the method: they get UNIMPLEMENTED"),
                new Break(
                        "a method is removed",
                        file(SERVICE_FILE, file -> file.getServiceBuilder(0).removeMethod(0)),
                        "WeatherService/LookupWeather was removed; breaks callers of the method: they get UNIMPLEMENTED"),
                new Break(
                        "a method becomes a stream",
                        lookup(method -> method.setServerStreaming(true)),
                        "and is weather.v1.LookupWeatherRequest -> stream weather.v1.LookupWeatherResponse; "
                                + "breaks callers of the method: they send or expect"),
                new Break(
                        "a method may have side effects",
                        lookup(method -> method.getOptionsBuilder().clearIdempotencyLevel()),
                        "is no longer declared NO_SIDE_EFFECTS; breaks callers whose channel hedges"));
    }

    @Test
    void aReusedNumberIsReportedAsANewNumber() {
        FileDescriptorSet swapped = with(inWeather("temperature", field -> field.setNumber(6))
                .andThen(inWeather("relative_humidity", field -> field.setNumber(5))));

        assertThat(ContractChanges.breaking(read(RELEASED), swapped))
                .hasSize(2)
                .allMatch(message -> message.contains("has a new number"));
    }

    @Test
    void additionsBreakNoClient() {
        FileDescriptorSet more = with(file(FILE, file -> message(file, "Weather")
                .addField(FieldDescriptorProto.newBuilder()
                        .setName("wind")
                        .setNumber(99)
                        .setType(Type.TYPE_DOUBLE))));

        assertThat(ContractChanges.breaking(read(RELEASED), more)).isEmpty();
    }

    private static Consumer<FileDescriptorSet.Builder> inWeather(
            String name, Consumer<FieldDescriptorProto.Builder> change) {
        return file(FILE, file -> change.accept(field(message(file, "Weather"), name)));
    }

    private static Consumer<FileDescriptorSet.Builder> status(Consumer<EnumDescriptorProto.Builder> change) {
        return file(FILE, file -> change.accept(message(file, "Weather").getEnumTypeBuilder(0)));
    }

    private static Consumer<FileDescriptorSet.Builder> lookup(Consumer<MethodDescriptorProto.Builder> change) {
        return file(
                SERVICE_FILE, file -> change.accept(file.getServiceBuilder(0).getMethodBuilder(0)));
    }

    private static Consumer<FileDescriptorSet.Builder> file(String name, Consumer<FileDescriptorProto.Builder> change) {
        return files -> change.accept(files.getFileBuilderList().stream()
                .filter(any -> any.getName().equals(name))
                .findFirst()
                .orElseThrow());
    }

    private static DescriptorProto.Builder message(FileDescriptorProto.Builder file, String name) {
        return file.getMessageTypeBuilderList().stream()
                .filter(any -> any.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static FieldDescriptorProto.Builder field(DescriptorProto.Builder message, String name) {
        return message.getFieldBuilderList().stream()
                .filter(any -> any.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The current contract with a change. */
    private static FileDescriptorSet with(Consumer<FileDescriptorSet.Builder> change) {
        FileDescriptorSet.Builder files = read(CURRENT).toBuilder();
        change.accept(files);
        return files.build();
    }

    static FileDescriptorSet read(String resource) {
        try (InputStream file = ReleasedContractTest.class.getResourceAsStream(resource)) {
            return FileDescriptorSet.parseFrom(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileDescriptorSet withoutComments(FileDescriptorSet contract) {
        FileDescriptorSet.Builder files = contract.toBuilder();
        files.getFileBuilderList().forEach(FileDescriptorProto.Builder::clearSourceCodeInfo);
        return files.build();
    }

    /** Writes the current contract, without its comments, to the file that the argument names. */
    public static void main(String[] args) throws IOException {
        Files.write(Path.of(args[0]), withoutComments(read(CURRENT)).toByteArray());
    }
}
