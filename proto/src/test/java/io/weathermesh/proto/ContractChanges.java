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
 * The changes of a contract that break clients of the released one. New packages, services, methods, messages, fields and
 * values break no client.
 */
final class ContractChanges {
    private static final String WIRE = "the stubs of every client: they read other bytes, or none";
    private static final String NAMES = "REST clients and JSON for grpcurl: the name no longer exists";
    private static final String CHOICE = "code that uses the oneof: setting one field clears others";
    private static final String PRESENCE = "clients that distinguish absent from zero: a value of 0 is no longer in "
            + "the JSON, and stubs lose the has-method";
    private static final String CALLS = "callers of the method: they get UNIMPLEMENTED";
    private static final String ANSWERS = "callers of the method: they send or expect another message";
    private static final String HEDGES = "callers whose channel hedges reads: it no longer calls a second task";
    private static final String SOURCES = "code of clients: it does not compile with the new stubs";

    private final List<String> found = new ArrayList<>();

    private ContractChanges() {}

    /** A sentence for each break: the change and the clients that it breaks. Empty if none. */
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
        // The messages of a removed file are reported instead.
        if (current != null && !current.equals(released)) {
            breaks("java_package of " + file + " was " + released + " and is " + current, SOURCES);
        }
    }

    private void message(String name, DescriptorProto released, DescriptorProto current) {
        if (current == null) {
            breaks("message " + name + " was removed", SOURCES);
            return;
        }
        for (FieldDescriptorProto field : released.getFieldList()) {
            String where = "field " + name + "." + field.getName() + " = " + field.getNumber();
            Optional<FieldDescriptorProto> named =
                    field(current, any -> any.getName().equals(field.getName()));
            Optional<FieldDescriptorProto> numbered = field(current, any -> any.getNumber() == field.getNumber());
            if (named.isPresent() && named.get().getNumber() != field.getNumber()) {
                breaks(where + " has a new number, " + named.get().getNumber(), WIRE);
            } else if (named.isEmpty() && numbered.isEmpty()) {
                breaks(where + " was removed", WIRE);
            } else if (named.isEmpty()) {
                breaks(where + " is now named " + numbered.get().getName(), NAMES);
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

    /** Compares everything that determines how a field is read. */
    private void reading(String where, FieldDescriptorProto released, FieldDescriptorProto current) {
        if (!type(current).equals(type(released))) {
            breaks(where + " was " + type(released) + " and is " + type(current), WIRE);
        } else if (current.getProto3Optional() != released.getProto3Optional()) {
            breaks(
                    where + (current.getProto3Optional() ? " has become optional" : " is no longer optional"),
                    current.getProto3Optional() ? SOURCES : PRESENCE);
        }
        if (current.getName().equals(released.getName())
                && !current.getJsonName().equals(released.getJsonName())) {
            breaks(where + " was " + released.getJsonName() + " in JSON and is " + current.getJsonName(), NAMES);
        }
    }

    /** The type as a contract states it: {@code repeated weather.v1.Location}. */
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
            breaks("enum " + name + " was removed", SOURCES);
            return;
        }
        Map<String, Integer> numbers = current.getValueList().stream()
                .collect(Collectors.toMap(EnumValueDescriptorProto::getName, EnumValueDescriptorProto::getNumber));
        for (EnumValueDescriptorProto value : released.getValueList()) {
            String where = "value " + name + "." + value.getName() + " = " + value.getNumber();
            Integer number = numbers.get(value.getName());
            if (number == null) {
                breaks(where + " was removed", NAMES);
            } else if (number != value.getNumber()) {
                breaks(where + " has a new number, " + number, WIRE);
            }
        }
    }

    private void service(String name, ServiceDescriptorProto released, ServiceDescriptorProto current) {
        if (current == null) {
            breaks("service " + name + " was removed", CALLS);
            return;
        }
        for (MethodDescriptorProto method : released.getMethodList()) {
            String where = "method " + name + "/" + method.getName();
            current.getMethodList().stream()
                    .filter(any -> any.getName().equals(method.getName()))
                    .findFirst()
                    .ifPresentOrElse(same -> method(where, method, same), () -> breaks(where + " was removed", CALLS));
        }
    }

    private void method(String where, MethodDescriptorProto released, MethodDescriptorProto current) {
        if (!shape(released).equals(shape(current))) {
            breaks(where + " was " + shape(released) + " and is " + shape(current), ANSWERS);
        }
        if (released.getOptions().getIdempotencyLevel() == IdempotencyLevel.NO_SIDE_EFFECTS
                && current.getOptions().getIdempotencyLevel() != IdempotencyLevel.NO_SIDE_EFFECTS) {
            breaks(where + " is no longer declared NO_SIDE_EFFECTS", HEDGES);
        }
    }

    private static String shape(MethodDescriptorProto method) {
        return (method.getClientStreaming() ? "stream " : "")
                + method.getInputType().substring(1) + " -> "
                + (method.getServerStreaming() ? "stream " : "")
                + method.getOutputType().substring(1);
    }

    private void breaks(String change, String clients) {
        found.add(change + "; breaks " + clients);
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
