package io.weathermesh.proto;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What of a released contract does not hold any more, and who notices. New packages, services, methods, messages, fields
 * and values break nobody.
 */
final class ContractChanges {
    private static final String WIRE =
            "stubs of every language that other teams have built: they read other bytes, or none";
    private static final String NAMES = "REST clients and everybody who writes JSON for grpcurl: the name is gone";
    private static final String CHOICE = "other teams' code that chooses by the oneof: setting one field clears others";
    private static final String PRESENCE = "whoever tells absent from zero: a value of 0 is not in the JSON any more, "
            + "and stubs lose the question whether it is there";
    private static final String CALLS = "callers of the method: they get UNIMPLEMENTED";
    private static final String ANSWERS = "callers of the method: they send or wait for another kind of message";
    private static final String HEDGES = "callers whose channel hedges reads: it does not ask a second task any more";
    private static final String SOURCES = "other teams' code: it does not compile with the new stubs";

    private final List<String> found = new ArrayList<>();

    private ContractChanges() {}

    /** A sentence for each break: what changed, and who breaks. Empty if none. */
    static List<String> breaking(FileDescriptorSet released, FileDescriptorSet current) {
        ContractChanges changes = new ContractChanges();
        Contract before = Contract.of(released);
        Contract now = Contract.of(current);
        before.packages()
                .forEach((name, javaPackage) ->
                        changes.javaPackage(name, javaPackage, now.packages().get(name)));
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

    private void javaPackage(String file, String released, String current) {
        // A file that is gone is told by its messages.
        if (current != null && !current.equals(released)) {
            breaks("java_package of " + file + " was " + released + " and is " + current, SOURCES);
        }
    }

    private void message(String name, DescriptorProto released, DescriptorProto current) {
        if (current == null) {
            breaks("message " + name + " is gone", SOURCES);
            return;
        }
        for (FieldDescriptorProto field : released.getFieldList()) {
            String where = "field " + name + "." + field.getName() + " = " + field.getNumber();
            Optional<FieldDescriptorProto> named =
                    field(current, any -> any.getName().equals(field.getName()));
            Optional<FieldDescriptorProto> numbered = field(current, any -> any.getNumber() == field.getNumber());
            if (named.isPresent() && named.get().getNumber() != field.getNumber()) {
                breaks(where + " has another number, " + named.get().getNumber(), WIRE);
            } else if (named.isEmpty() && numbered.isEmpty()) {
                breaks(where + " is gone", WIRE);
            } else if (named.isEmpty()) {
                breaks(where + " is called " + numbered.get().getName(), NAMES);
            }
            named.or(() -> numbered).ifPresent(same -> {
                reading(where, field, same);
                String oneof = oneof(released, field);
                if (!oneof.equals(oneof(current, same))) {
                    breaks(where + " was in " + oneof + " and is in " + oneof(current, same), CHOICE);
                }
            });
        }
    }

    private static Optional<FieldDescriptorProto> field(
            DescriptorProto message, Predicate<FieldDescriptorProto> wanted) {
        return message.getFieldList().stream().filter(wanted).findFirst();
    }

    /** Compares all that decides how the value of a field is read. */
    private void reading(String where, FieldDescriptorProto released, FieldDescriptorProto current) {
        if (!type(current).equals(type(released))) {
            breaks(where + " was " + type(released) + " and is " + type(current), WIRE);
        } else if (current.getProto3Optional() != released.getProto3Optional()) {
            breaks(
                    where + (current.getProto3Optional() ? " has become optional" : " is not optional any more"),
                    current.getProto3Optional() ? SOURCES : PRESENCE);
        }
        if (current.getName().equals(released.getName())
                && !current.getJsonName().equals(released.getJsonName())) {
            breaks(where + " was " + released.getJsonName() + " in JSON and is " + current.getJsonName(), NAMES);
        }
    }

    /** As it is written in a contract: {@code repeated weather.v1.Location}. */
    private static String type(FieldDescriptorProto field) {
        String type = field.getTypeName().isEmpty()
                ? field.getType().name().replace("TYPE_", "").toLowerCase(Locale.ROOT)
                : field.getTypeName().substring(1);
        return field.getLabel() == Label.LABEL_REPEATED ? "repeated " + type : type;
    }

    private static String oneof(DescriptorProto message, FieldDescriptorProto field) {
        return field.hasOneofIndex() && !field.getProto3Optional()
                ? "oneof " + message.getOneofDecl(field.getOneofIndex()).getName()
                : "no oneof";
    }

    private void values(String name, EnumDescriptorProto released, EnumDescriptorProto current) {
        if (current == null) {
            breaks("enum " + name + " is gone", SOURCES);
            return;
        }
        Map<String, Integer> numbers = current.getValueList().stream()
                .collect(Collectors.toMap(EnumValueDescriptorProto::getName, EnumValueDescriptorProto::getNumber));
        for (EnumValueDescriptorProto value : released.getValueList()) {
            String where = "value " + name + "." + value.getName() + " = " + value.getNumber();
            Integer number = numbers.get(value.getName());
            if (number == null) {
                breaks(where + " is gone", NAMES);
            } else if (number != value.getNumber()) {
                breaks(where + " has another number, " + number, WIRE);
            }
        }
    }

    private void service(String name, ServiceDescriptorProto released, ServiceDescriptorProto current) {
        if (current == null) {
            breaks("service " + name + " is gone", CALLS);
            return;
        }
        for (MethodDescriptorProto method : released.getMethodList()) {
            String where = "method " + name + "/" + method.getName();
            current.getMethodList().stream()
                    .filter(any -> any.getName().equals(method.getName()))
                    .findFirst()
                    .ifPresentOrElse(same -> method(where, method, same), () -> breaks(where + " is gone", CALLS));
        }
    }

    private void method(String where, MethodDescriptorProto released, MethodDescriptorProto current) {
        if (!shape(released).equals(shape(current))) {
            breaks(where + " was " + shape(released) + " and is " + shape(current), ANSWERS);
        }
        if (released.getOptions().getIdempotencyLevel() == IdempotencyLevel.NO_SIDE_EFFECTS
                && current.getOptions().getIdempotencyLevel() != IdempotencyLevel.NO_SIDE_EFFECTS) {
            breaks(where + " is not declared NO_SIDE_EFFECTS any more", HEDGES);
        }
    }

    private static String shape(MethodDescriptorProto method) {
        return (method.getClientStreaming() ? "stream " : "")
                + method.getInputType().substring(1) + " -> "
                + (method.getServerStreaming() ? "stream " : "")
                + method.getOutputType().substring(1);
    }

    private void breaks(String what, String whom) {
        found.add(what + "; breaks " + whom);
    }

    /** The elements of our own packages by their full names. */
    private record Contract(
            Map<String, String> packages,
            Map<String, DescriptorProto> messages,
            Map<String, EnumDescriptorProto> enums,
            Map<String, ServiceDescriptorProto> services) {
        static Contract of(FileDescriptorSet files) {
            Contract contract = new Contract(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
            for (FileDescriptorProto file : files.getFileList()) {
                String prefix = file.getPackage() + ".";
                if (prefix.startsWith("weather.")) {
                    contract.packages.put(file.getName(), file.getOptions().getJavaPackage());
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
