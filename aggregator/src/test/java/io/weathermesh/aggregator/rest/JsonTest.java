package io.weathermesh.aggregator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.Type;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.type.LatLng;
import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.weather.v1.BatchLookupWeatherResponse;
import io.weathermesh.proto.weather.v1.Climate;
import io.weathermesh.proto.weather.v1.ListSourcesResponse;
import io.weathermesh.proto.weather.v1.Location;
import io.weathermesh.proto.weather.v1.Problem;
import io.weathermesh.proto.weather.v1.RelativeHumidity;
import io.weathermesh.proto.weather.v1.SearchLocationsResponse;
import io.weathermesh.proto.weather.v1.Temperature;
import io.weathermesh.proto.weather.v1.Weather;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The library is the oracle: what it writes is what must be written. Messages are drawn at random, from seeds. */
@Tag("jdk")
final class JsonTest {
    private static final Set<Type> WRITTEN =
            EnumSet.of(Type.DOUBLE, Type.INT32, Type.BOOL, Type.STRING, Type.ENUM, Type.MESSAGE);

    private static final List<Message> ANSWERS = List.of(
            Weather.getDefaultInstance(),
            Climate.getDefaultInstance(),
            Problem.getDefaultInstance(),
            SearchLocationsResponse.getDefaultInstance(),
            ListSourcesResponse.getDefaultInstance(),
            BatchLookupWeatherResponse.getDefaultInstance());

    static Stream<Message> answers() {
        return ANSWERS.stream();
    }

    @ParameterizedTest
    @MethodSource("answers")
    void everyResponseIsWrittenAsTheLibraryWritesIt(Message answer) throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            assertSame(drawn(answer, random, 0));
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void noResponseHasAFieldOfAnUnsupportedType(Message answer) {
        Set<Descriptor> seen = new HashSet<>();
        collect(answer.getDescriptorForType(), seen);
        assertThat(seen.stream().flatMap(type -> type.getFields().stream()).filter(field -> !field.isMapField()))
                .allSatisfy(field -> assertThat(WRITTEN).contains(field.getType()));
        assertThat(seen.stream().flatMap(type -> type.getFields().stream())).noneMatch(FieldDescriptor::isMapField);
    }

    @Test
    void everyCharacterIsWrittenAsTheLibraryWritesIt() throws Exception {
        for (int block = 0; block < 0x11_0000; block += 0x80) {
            String text = IntStream.range(block, block + 0x80)
                    .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());
            assertSame(Location.newBuilder().setName(text).build());
        }
        for (char c = 0; c < 0x3000; c++) {
            assertSame(Location.newBuilder().setName("a" + c).build());
        }
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {0, -0.0, 5.7, 1e-7, 1e7, 1.0E21, 4768, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE})
    void numbersAreWrittenAsTheLibraryWritesThem(double number) throws Exception {
        assertSame(Temperature.newBuilder().setTemperatureCelsius(number).build());
        assertSame(Location.newBuilder()
                .setCoordinates(LatLng.newBuilder().setLatitude(number))
                .build());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1_000, 123_456_000, 136_816_479, 999_999_999})
    void instantsAreWrittenAsTheLibraryWritesThem(int nanos) throws Exception {
        for (long seconds : new long[] {-62_135_596_800L, -1, 0, 951_782_400, 1_795_000_000, 253_402_300_799L}) {
            assertSame(Weather.newBuilder()
                    .setEffectiveTime(Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos))
                    .build());
        }
    }

    @Test
    void anUnknownEnumValueIsWrittenAsTheLibraryWritesIt() throws Exception {
        assertSame(RelativeHumidity.newBuilder()
                .setProvenance(Provenance.newBuilder().setKindValue(99))
                .build());
    }

    @Test
    void theErrorsOfABatchAreLeftToTheLibrary() throws Exception {
        assertSame(BatchLookupWeatherResponse.newBuilder()
                .addResults(BatchLookupWeatherResponse.Result.newBuilder()
                        .setError(com.google.rpc.Status.newBuilder()
                                .setCode(3)
                                .setMessage("a \"text\"\nof two lines")
                                .addDetails(Any.pack(BadRequest.newBuilder()
                                        .addFieldViolations(BadRequest.FieldViolation.newBuilder()
                                                .setField("latitude"))
                                        .build()))
                                .addDetails(Any.pack(ErrorInfo.newBuilder()
                                        .putMetadata("suggestions", "Wien; Graz")
                                        .build()))))
                .addResults(BatchLookupWeatherResponse.Result.getDefaultInstance())
                .build());
    }

    private static void assertSame(Message message) throws InvalidProtocolBufferException {
        assertThat(Json.print(message)).isEqualTo(Json.PRINTER.print(message) + "\n");
        assertThat(Json.line(message)).isEqualTo(Json.LINE_PRINTER.print(message));
    }

    private static void collect(Descriptor type, Set<Descriptor> seen) {
        if (type.getFullName().startsWith("weather.") && seen.add(type)) {
            type.getFields().stream()
                    .filter(field -> field.getType() == Type.MESSAGE)
                    .forEach(field -> collect(field.getMessageType(), seen));
        }
    }

    /** A message with each of its fields or without it. */
    private static Message drawn(Message type, Random random, int depth) {
        Message.Builder drawn = type.newBuilderForType();
        for (FieldDescriptor field : type.getDescriptorForType().getFields()) {
            boolean rest = field.getType() == Type.MESSAGE
                    && !field.getMessageType().getFullName().startsWith("weather.")
                    && !field.getMessageType().getFullName().startsWith("google.type.");
            if (rest || depth > 3 || random.nextInt(3) == 0) {
                continue;
            }
            if (field.isRepeated()) {
                for (int count = random.nextInt(3); count > 0; count--) {
                    drawn.addRepeatedField(field, value(drawn, field, random, depth));
                }
            } else {
                drawn.setField(field, value(drawn, field, random, depth));
            }
        }
        return drawn.build();
    }

    private static Object value(Message.Builder in, FieldDescriptor field, Random random, int depth) {
        return switch (field.getType()) {
            case DOUBLE -> Math.rint(random.nextGaussian() * 1e5) / 100;
            case INT32 -> random.nextInt();
            case BOOL -> random.nextBoolean();
            case STRING -> "text " + random.nextInt(100) + (random.nextInt(5) == 0 ? " <ß'\n" : "");
            case ENUM ->
                field.getEnumType()
                        .getValues()
                        .get(random.nextInt(field.getEnumType().getValues().size()));
            default -> drawn(in.newBuilderForField(field).build(), random, depth + 1);
        };
    }
}
