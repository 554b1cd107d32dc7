package io.weathermesh.aggregator.openapi;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import java.util.Map;
import java.util.TreeMap;

/** JSON schemas of the contract's messages in their ProtoJSON form, with the contract's comments. */
final class ContractSchemas {
    private final ContractComments comments;
    private final Map<String, JsonElement> schemas = new TreeMap<>();

    ContractSchemas(ContractComments comments) {
        this.comments = comments;
    }

    /** Adds a message and the types of its fields. */
    void add(Descriptor message) {
        String name = nameOf(message);
        if (schemas.containsKey(name)) {
            return;
        }
        JsonObject schema = described("object", comments.of(message.getFullName()));
        // Before its fields, since messages may contain each other.
        schemas.put(name, schema);
        JsonObject properties = new JsonObject();
        for (FieldDescriptor field : message.getFields()) {
            properties.add(field.getJsonName(), property(field));
        }
        schema.add("properties", properties);
    }

    /** All schemas by name. */
    JsonObject toJson() {
        JsonObject all = new JsonObject();
        schemas.forEach(all::add);
        return all;
    }

    private JsonObject property(FieldDescriptor field) {
        JsonObject property = field.isRepeated() ? new JsonObject() : type(field);
        if (field.isRepeated()) {
            property.addProperty("type", "array");
            property.add("items", type(field));
        }
        String comment = comments.of(field.getFullName());
        if (!comment.isEmpty()) {
            property.addProperty("description", comment);
        }
        return property;
    }

    private JsonObject type(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case DOUBLE, FLOAT -> typed("number", "double");
            case INT -> typed("integer", "int32");
            case LONG -> typed("string", "int64");
            case BOOLEAN -> typed("boolean", "");
            case STRING -> typed("string", "");
            case BYTE_STRING -> typed("string", "byte");
            case ENUM -> reference(field.getEnumType());
            case MESSAGE -> message(field.getMessageType());
        };
    }

    private JsonObject message(Descriptor message) {
        if (message.getFullName().equals(Timestamp.getDescriptor().getFullName())) {
            return typed("string", "date-time");
        }
        if (message.getFullName().equals(Duration.getDescriptor().getFullName())) {
            return typed("string", "duration-seconds");
        }
        if (message.getFullName().equals(Any.getDescriptor().getFullName())) {
            return typed("object", "");
        }
        add(message);
        return reference(message);
    }

    private JsonObject reference(EnumDescriptor type) {
        if (!schemas.containsKey(nameOf(type))) {
            schemas.put(nameOf(type), enumeration(type));
        }
        return reference((GenericDescriptor) type);
    }

    private static JsonObject reference(GenericDescriptor type) {
        JsonObject reference = new JsonObject();
        reference.addProperty("$ref", "#/components/schemas/" + nameOf(type));
        return reference;
    }

    private JsonObject enumeration(EnumDescriptor type) {
        StringBuilder text = new StringBuilder(comments.of(type.getFullName()));
        JsonArray names = new JsonArray();
        for (EnumValueDescriptor value : type.getValues()) {
            names.add(value.getName());
            String meaning = comments.of(type.getFullName() + "." + value.getName());
            if (!meaning.isEmpty()) {
                text.append("\n\n`").append(value.getName()).append("`: ").append(meaning);
            }
        }
        JsonObject schema = described("string", text.toString());
        schema.add("enum", names);
        return schema;
    }

    /** {@code Weather}, {@code Weather.Status}: unique, since no two messages of the contract have the same name. */
    private static String nameOf(GenericDescriptor type) {
        String full = type.getFullName();
        String inFile = full.substring(type.getFile().getPackage().length() + 1);
        return full.startsWith("google.rpc.") ? "Rpc" + inFile : inFile;
    }

    private static JsonObject described(String type, String description) {
        JsonObject schema = typed(type, "");
        if (!description.isEmpty()) {
            schema.addProperty("description", description);
        }
        return schema;
    }

    private static JsonObject typed(String type, String format) {
        JsonObject schema = new JsonObject();
        schema.addProperty("type", type);
        if (!format.isEmpty()) {
            schema.addProperty("format", format);
        }
        return schema;
    }
}
