package io.weathermesh.aggregator.openapi;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The contract's comments on its messages, fields, enums and values, by full name. */
final class ContractComments {
    private static final String DESCRIPTORS = "/META-INF/weather-mesh/weather.binpb";

    private static final String OURS = "weather.";

    private final Map<String, String> comments = new HashMap<>();

    private ContractComments() {}

    /** Reads the comments in the contracts' jar. */
    static ContractComments load() {
        ContractComments all = new ContractComments();
        try (InputStream file = ContractComments.class.getResourceAsStream(DESCRIPTORS)) {
            if (file == null) {
                throw new IllegalStateException("the contracts' jar has no " + DESCRIPTORS);
            }
            FileDescriptorSet.parseFrom(file).getFileList().forEach(all::read);
        } catch (IOException failure) {
            throw new UncheckedIOException(DESCRIPTORS + " cannot be read", failure);
        }
        return all;
    }

    /** The comment as one paragraph, empty if there is none. */
    String of(String fullName) {
        return comments.getOrDefault(fullName, "");
    }

    private void read(FileDescriptorProto file) {
        boolean ours = file.getPackage().startsWith(OURS);
        Map<List<Integer>, String> byPath = new HashMap<>();
        for (Location location : file.getSourceCodeInfo().getLocationList()) {
            String comment = location.getLeadingComments().strip().replaceAll("\\s*\\n\\s*", " ");
            byPath.put(location.getPathList(), ours ? comment : firstSentence(comment));
        }
        Level root = new Level(byPath, file.getPackage(), List.of());
        for (int i = 0; i < file.getMessageTypeCount(); i++) {
            read(
                    file.getMessageType(i),
                    root.at(
                            FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER,
                            i,
                            file.getMessageType(i).getName()));
        }
        for (int i = 0; i < file.getEnumTypeCount(); i++) {
            read(
                    file.getEnumType(i),
                    root.at(
                            FileDescriptorProto.ENUM_TYPE_FIELD_NUMBER,
                            i,
                            file.getEnumType(i).getName()));
        }
    }

    private void read(DescriptorProto message, Level level) {
        put(level);
        for (int i = 0; i < message.getFieldCount(); i++) {
            put(level.at(
                    DescriptorProto.FIELD_FIELD_NUMBER, i, message.getField(i).getName()));
        }
        for (int i = 0; i < message.getNestedTypeCount(); i++) {
            read(
                    message.getNestedType(i),
                    level.at(
                            DescriptorProto.NESTED_TYPE_FIELD_NUMBER,
                            i,
                            message.getNestedType(i).getName()));
        }
        for (int i = 0; i < message.getEnumTypeCount(); i++) {
            read(
                    message.getEnumType(i),
                    level.at(
                            DescriptorProto.ENUM_TYPE_FIELD_NUMBER,
                            i,
                            message.getEnumType(i).getName()));
        }
    }

    private void read(EnumDescriptorProto type, Level level) {
        put(level);
        for (int i = 0; i < type.getValueCount(); i++) {
            put(level.at(
                    EnumDescriptorProto.VALUE_FIELD_NUMBER, i, type.getValue(i).getName()));
        }
    }

    /** Of the comments of other packages, which are longer than a description should be. */
    private static String firstSentence(String comment) {
        int end = comment.indexOf(". ");
        return end < 0 ? comment : comment.substring(0, end + 1);
    }

    private void put(Level level) {
        comments.put(level.name(), level.byPath().getOrDefault(level.path(), ""));
    }

    /** An element of a descriptor: its full name, and its path in the source information. */
    private record Level(Map<List<Integer>, String> byPath, String name, List<Integer> path) {
        Level at(int field, int index, String child) {
            List<Integer> deeper = new ArrayList<>(path);
            deeper.add(field);
            deeper.add(index);
            return new Level(byPath, name + "." + child, List.copyOf(deeper));
        }
    }
}
