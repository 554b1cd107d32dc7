package io.weathermesh.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps the contracts in one style. It reads them, with their comments, from the descriptor set that the jar carries. */
class ContractStyleTest {
    private static final String DESCRIPTOR_SET = "/META-INF/weather-mesh/weather.binpb";
    private static final Set<Type> JSON_STRINGS =
            Set.of(Type.TYPE_INT64, Type.TYPE_UINT64, Type.TYPE_SINT64, Type.TYPE_FIXED64, Type.TYPE_SFIXED64);

    private final List<FileDescriptorProto> files = ownFiles();

    @Test
    void aFileLiesInTheFolderOfItsPackageAndThePackageEndsInAVersion() {
        for (FileDescriptorProto file : files) {
            String folder = file.getName().substring(0, file.getName().lastIndexOf('/'));
            assertThat(folder.replace('/', '.')).as(file.getName()).isEqualTo(file.getPackage());
            assertThat(file.getPackage()).matches("weather(\\.[a-z]+)*\\.v[1-9]\\d*");
            assertThat(file.getOptions().getJavaPackage()).startsWith("io.weathermesh.proto.");
            assertThat(file.getOptions().getJavaMultipleFiles())
                    .as(file.getName())
                    .isTrue();
        }
    }

    @Test
    void everyElementHasAComment() {
        List<String> silent = new ArrayList<>();
        for (FileDescriptorProto file : files) {
            Set<List<Integer>> commented = new HashSet<>();
            for (SourceCodeInfo.Location location : file.getSourceCodeInfo().getLocationList()) {
                if (!location.getLeadingComments().isBlank()) {
                    commented.add(location.getPathList());
                }
            }
            for (Element element : elementsOf(file)) {
                if (!commented.contains(element.path())) {
                    silent.add(file.getName() + ": " + element.name());
                }
            }
        }
        assertThat(silent).isEmpty();
    }

    @Test
    void everyMethodHasItsOwnMessagesAndDeclaresNoSideEffects() {
        Set<String> seen = new HashSet<>();
        for (FileDescriptorProto file : files) {
            for (MethodDescriptorProto method : file.getServiceList().stream()
                    .flatMap(service -> service.getMethodList().stream())
                    .toList()) {
                String prefix = "." + file.getPackage() + "." + method.getName();
                assertThat(method.getInputType()).isEqualTo(prefix + "Request");
                assertThat(method.getOutputType()).isEqualTo(prefix + "Response");
                assertThat(seen.add(method.getInputType())).isTrue();
                assertThat(method.getOptions().getIdempotencyLevel())
                        .as(prefix)
                        .isEqualTo(IdempotencyLevel.NO_SIDE_EFFECTS);
            }
        }
        assertThat(seen).isNotEmpty();
    }

    @Test
    void anEnumStartsWithUnspecifiedAndItsValuesCarryItsName() {
        List<EnumDescriptorProto> enums = files.stream()
                .flatMap(file -> Stream.concat(
                        file.getEnumTypeList().stream(),
                        file.getMessageTypeList().stream().flatMap(ContractStyleTest::enumsIn)))
                .toList();
        assertThat(enums).isNotEmpty();
        for (EnumDescriptorProto each : enums) {
            String prefix = each.getName().replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT) + "_";
            assertThat(each.getValue(0).getNumber()).isZero();
            assertThat(each.getValue(0).getName()).isEqualTo(prefix + "UNSPECIFIED");
            assertThat(each.getValueList())
                    .allSatisfy(value -> assertThat(value.getName()).startsWith(prefix));
        }
    }

    @Test
    void aNumberThatMayBeAbsentOrZeroHasPresence() {
        List<String> withoutPresence = new ArrayList<>();
        messages().forEach(message -> message.getFieldList().stream()
                .filter(field -> field.getType() == Type.TYPE_DOUBLE || field.getType() == Type.TYPE_FLOAT)
                .filter(field -> !field.getProto3Optional())
                .forEach(field -> withoutPresence.add(message.getName() + "." + field.getName())));
        assertThat(withoutPresence).isEmpty();
    }

    @Test
    void noFieldIsAnInteger64WhichJsonWouldWriteAsAString() {
        messages().forEach(message -> assertThat(message.getFieldList())
                .as(message.getName())
                .noneMatch(field -> JSON_STRINGS.contains(field.getType())));
    }

    @Test
    void timestampsAndDurationsAreNamedByTheirType() {
        messages().flatMap(message -> message.getFieldList().stream()).forEach(field -> {
            if (field.getTypeName().equals(".google.protobuf.Timestamp")) {
                assertThat(field.getName()).endsWith("_time");
            }
            if (field.getTypeName().equals(".google.protobuf.Duration")) {
                assertThat(field.getName()).endsWith("_interval");
            }
        });
    }

    @Test
    void aMeasuredFieldEndsInItsUnit() {
        Set<String> unitless = Set.of("humidex", "uncertainty");
        Set<String> degrees = Set.of("latitude", "longitude");
        messages()
                .flatMap(message -> message.getFieldList().stream())
                .filter(field -> field.getType() == Type.TYPE_DOUBLE)
                .map(FieldDescriptorProto::getName)
                .filter(name -> !unitless.contains(name) && !degrees.contains(name))
                .forEach(name -> assertThat(name)
                        .matches(".*_(celsius|percent|meters|grams|kilopascals|degrees)(_per_(second|cubic_meter))?"));
    }

    private Stream<DescriptorProto> messages() {
        return files.stream()
                .flatMap(file -> file.getMessageTypeList().stream())
                .flatMap(ContractStyleTest::withNested);
    }

    private static Stream<DescriptorProto> withNested(DescriptorProto message) {
        return Stream.concat(
                Stream.of(message), message.getNestedTypeList().stream().flatMap(ContractStyleTest::withNested));
    }

    private static Stream<EnumDescriptorProto> enumsIn(DescriptorProto message) {
        return withNested(message).flatMap(each -> each.getEnumTypeList().stream());
    }

    /** An element and its path in SourceCodeInfo: numbers of the fields of descriptor.proto, and indexes. */
    private record Element(String name, List<Integer> path) {
        Element in(int field, int index, String child) {
            List<Integer> longer = new ArrayList<>(path);
            longer.add(field);
            longer.add(index);
            return new Element(name + "." + child, List.copyOf(longer));
        }
    }

    private static List<Element> elementsOf(FileDescriptorProto file) {
        Element root = new Element(file.getPackage(), List.of());
        List<Element> all = new ArrayList<>();
        for (int i = 0; i < file.getServiceCount(); i++) {
            Element service = root.in(
                    FileDescriptorProto.SERVICE_FIELD_NUMBER,
                    i,
                    file.getService(i).getName());
            all.add(service);
            for (int j = 0; j < file.getService(i).getMethodCount(); j++) {
                all.add(service.in(2, j, file.getService(i).getMethod(j).getName()));
            }
        }
        for (int i = 0; i < file.getMessageTypeCount(); i++) {
            DescriptorProto message = file.getMessageType(i);
            addMessage(all, root.in(FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER, i, message.getName()), message);
        }
        for (int i = 0; i < file.getEnumTypeCount(); i++) {
            EnumDescriptorProto type = file.getEnumType(i);
            addEnum(all, root.in(FileDescriptorProto.ENUM_TYPE_FIELD_NUMBER, i, type.getName()), type);
        }
        return all;
    }

    private static void addMessage(List<Element> all, Element element, DescriptorProto message) {
        all.add(element);
        for (int i = 0; i < message.getFieldCount(); i++) {
            all.add(element.in(
                    DescriptorProto.FIELD_FIELD_NUMBER, i, message.getField(i).getName()));
        }
        for (int i = 0; i < message.getNestedTypeCount(); i++) {
            DescriptorProto nested = message.getNestedType(i);
            addMessage(all, element.in(DescriptorProto.NESTED_TYPE_FIELD_NUMBER, i, nested.getName()), nested);
        }
        for (int i = 0; i < message.getEnumTypeCount(); i++) {
            EnumDescriptorProto nested = message.getEnumType(i);
            addEnum(all, element.in(DescriptorProto.ENUM_TYPE_FIELD_NUMBER, i, nested.getName()), nested);
        }
    }

    private static void addEnum(List<Element> all, Element element, EnumDescriptorProto type) {
        all.add(element);
        for (int i = 0; i < type.getValueCount(); i++) {
            all.add(element.in(
                    EnumDescriptorProto.VALUE_FIELD_NUMBER, i, type.getValue(i).getName()));
        }
    }

    private static List<FileDescriptorProto> ownFiles() {
        try (InputStream in = ContractStyleTest.class.getResourceAsStream(DESCRIPTOR_SET)) {
            return FileDescriptorSet.parseFrom(in).getFileList().stream()
                    .filter(file -> file.getPackage().startsWith("weather."))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(DESCRIPTOR_SET + " cannot be read", e);
        }
    }
}
