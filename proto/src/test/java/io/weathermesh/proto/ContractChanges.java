package io.weathermesh.proto;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What of a released contract does not hold any more, and who notices. New packages, services, methods, messages, fields
 * and values break nobody.
 */
final class ContractChanges {
    private static final String WIRE =
            "stubs of every language that other teams have built: they read other bytes, or none";
    private static final String NAMES = "REST clients and everybody who writes JSON for grpcurl: the name is gone";
    private static final String CALLS =
            "callers of the method: they get UNIMPLEMENTED, or wait for another kind of answer";
    private static final String SOURCES = "other teams' code: it does not compile with the new stubs";

    private final List<String> found = new ArrayList<>();

    private ContractChanges() {}

    /** A sentence for each break: what changed, and who breaks. Empty if none. */
    static List<String> breaking(FileDescriptorSet released, FileDescriptorSet current) {
        ContractChanges changes = new ContractChanges();
        Contract before = Contract.of(released);
        Contract now = Contract.of(current);
        before.messages()
                .forEach((name, message) ->
                        changes.message(name, message, now.messages().get(name)));
        before.enums()
                .forEach((name, type) -> changes.values(name, type, now.enums().get(name)));
        before.services()
                .forEach((name, service) ->
                        changes.service(name, service, now.services().get(name)));
        return changes.found;
    }

    private void message(String name, DescriptorProto released, DescriptorProto current) {
        if (current == null) {
            breaks("message " + name + " is gone", SOURCES);
            return;
        }
        Map<Integer, FieldDescriptorProto> fields = new LinkedHashMap<>();
        current.getFieldList().forEach(field -> fields.put(field.getNumber(), field));
        for (FieldDescriptorProto field : released.getFieldList()) {
            FieldDescriptorProto same = fields.get(field.getNumber());
            String where = "field " + name + "." + field.getName() + " = " + field.getNumber();
            if (same == null) {
                boolean moved = current.getFieldList().stream()
                        .anyMatch(any -> any.getName().equals(field.getName()));
                breaks(where + (moved ? " has another number" : " is gone"), WIRE);
            } else if (!same.getName().equals(field.getName())) {
                breaks(where + " is called " + same.getName(), NAMES);
            } else if (!kind(same).equals(kind(field))) {
                breaks(where + " was " + kind(field) + " and is " + kind(same), WIRE);
            }
        }
    }

    /** All that decides how a field is read: type, how many, and in which oneof. */
    private static String kind(FieldDescriptorProto field) {
        return (field.getLabel() + " " + field.getType() + " " + field.getTypeName()
                        + (field.getProto3Optional() ? " optional" : ""))
                .replace("LABEL_", "")
                .replace("TYPE_", "")
                .strip();
    }

    private void values(String name, EnumDescriptorProto released, EnumDescriptorProto current) {
        if (current == null) {
            breaks("enum " + name + " is gone", SOURCES);
            return;
        }
        Map<Integer, String> names = new LinkedHashMap<>();
        current.getValueList().forEach(value -> names.putIfAbsent(value.getNumber(), value.getName()));
        for (EnumValueDescriptorProto value : released.getValueList()) {
            if (!Objects.equals(names.get(value.getNumber()), value.getName())) {
                breaks(
                        "value " + value.getNumber() + " of " + name + " was " + value.getName() + " and is "
                                + names.getOrDefault(value.getNumber(), "gone"),
                        NAMES);
            }
        }
    }

    private void service(String name, ServiceDescriptorProto released, ServiceDescriptorProto current) {
        for (MethodDescriptorProto method : released.getMethodList()) {
            String before = shape(method);
            String now = current == null
                    ? "gone"
                    : current.getMethodList().stream()
                            .filter(any -> any.getName().equals(method.getName()))
                            .map(ContractChanges::shape)
                            .findFirst()
                            .orElse("gone");
            if (!before.equals(now)) {
                breaks("method " + name + "/" + method.getName() + " was " + before + " and is " + now, CALLS);
            }
        }
    }

    private static String shape(MethodDescriptorProto method) {
        return (method.getClientStreaming() ? "stream " : "") + method.getInputType() + " -> "
                + (method.getServerStreaming() ? "stream " : "") + method.getOutputType() + ", "
                + method.getOptions().getIdempotencyLevel();
    }

    private void breaks(String what, String whom) {
        found.add(what + "; breaks " + whom);
    }

    /** The elements of our own packages by their full names. */
    private record Contract(
            Map<String, DescriptorProto> messages,
            Map<String, EnumDescriptorProto> enums,
            Map<String, ServiceDescriptorProto> services) {
        static Contract of(FileDescriptorSet files) {
            Contract contract = new Contract(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
            for (FileDescriptorProto file : files.getFileList()) {
                String prefix = file.getPackage() + ".";
                if (prefix.startsWith("weather.")) {
                    file.getMessageTypeList().forEach(message -> contract.add(prefix, message));
                    file.getEnumTypeList().forEach(type -> contract.enums.put(prefix + type.getName(), type));
                    file.getServiceList()
                            .forEach(service -> contract.services.put(prefix + service.getName(), service));
                }
            }
            return contract;
        }

        private void add(String prefix, DescriptorProto message) {
            String name = prefix + message.getName();
            messages.put(name, message);
            message.getEnumTypeList().forEach(type -> enums.put(name + "." + type.getName(), type));
            message.getNestedTypeList().forEach(nested -> add(name + ".", nested));
        }
    }
}
