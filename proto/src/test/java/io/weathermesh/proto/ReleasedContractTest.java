package io.weathermesh.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds the contract to the one that was released last: whoever has built against that must not break. A release writes
 * the new one with {@link #main}, which is the only time that the file changes.
 */
class ReleasedContractTest {
    static final String CURRENT = "/META-INF/weather-mesh/weather.binpb";
    static final String RELEASED = "/released.binpb";
    private static final String FILE = "weather/v1/weather.proto";
    private static final String MESSAGE = "Weather";

    private record Mistake(String name, Consumer<DescriptorProto.Builder> change, String told) {}

    @Test
    void nobodyWhoBuiltAgainstTheLastReleaseBreaks() {
        assertThat(ContractChanges.breaking(read(RELEASED), read(CURRENT))).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> aSeededBreakIsToldWithWhomItBreaks() {
        return Stream.of(
                        new Mistake(
                                "a field is renumbered",
                                field(field -> field.setNumber(99)),
                                "has another number; breaks stubs"),
                        new Mistake(
                                "a field is renamed",
                                field(field -> field.setName("warmth")),
                                "is called warmth; breaks REST"),
                        new Mistake(
                                "a field has another type",
                                field(field -> field.clearTypeName().setType(Type.TYPE_STRING)),
                                "and is OPTIONAL STRING; breaks stubs"),
                        new Mistake(
                                "a field becomes many",
                                field(field -> field.setLabel(FieldDescriptorProto.Label.LABEL_REPEATED)),
                                "and is REPEATED"),
                        new Mistake("a field is removed", message -> message.removeField(0), "is gone; breaks stubs"),
                        new Mistake(
                                "a message is renamed",
                                message -> message.setName("Forecast"),
                                "message weather.v1.Weather is gone"))
                .map(mistake -> DynamicTest.dynamicTest(mistake.name(), () -> assertThat(
                                ContractChanges.breaking(read(RELEASED), with(mistake.change())))
                        .anyMatch(told -> told.contains(mistake.told()))));
    }

    @Test
    void whatIsNewBreaksNobody() {
        FileDescriptorSet more = with(message -> message.addField(
                FieldDescriptorProto.newBuilder().setName("wind").setNumber(99).setType(Type.TYPE_DOUBLE)));

        assertThat(ContractChanges.breaking(read(RELEASED), more)).isEmpty();
    }

    private static Consumer<DescriptorProto.Builder> field(Consumer<FieldDescriptorProto.Builder> change) {
        return message -> change.accept(message.getFieldBuilder(0));
    }

    /** The contract of today with a change of one message. */
    private static FileDescriptorSet with(Consumer<DescriptorProto.Builder> change) {
        FileDescriptorSet.Builder files = read(CURRENT).toBuilder();
        FileDescriptorProto.Builder file = files.getFileBuilderList().stream()
                .filter(any -> any.getName().equals(FILE))
                .findFirst()
                .orElseThrow();
        change.accept(file.getMessageTypeBuilderList().stream()
                .filter(any -> any.getName().equals(MESSAGE))
                .findFirst()
                .orElseThrow());
        return files.build();
    }

    static FileDescriptorSet read(String resource) {
        try (InputStream file = ReleasedContractTest.class.getResourceAsStream(resource)) {
            return FileDescriptorSet.parseFrom(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the contract of today, without its comments, to the file that its argument names. */
    public static void main(String[] args) throws IOException {
        FileDescriptorSet.Builder files = read(CURRENT).toBuilder();
        files.getFileBuilderList().forEach(FileDescriptorProto.Builder::clearSourceCodeInfo);
        Files.write(Path.of(args[0]), files.build().toByteArray());
    }
}
