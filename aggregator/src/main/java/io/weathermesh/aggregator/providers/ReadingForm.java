package io.weathermesh.aggregator.providers;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.weather.v1.Weather;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a provider's element of its reading: the values that have the same names in both, and where they came from. */
final class ReadingForm {
    private static final List<String> NOT_VALUES = List.of("unit", "provenance");

    private final FieldDescriptor element;
    private final FieldDescriptor point;
    private final FieldDescriptor readingProvenance;
    private final FieldDescriptor elementProvenance;
    private final Map<FieldDescriptor, FieldDescriptor> values = new LinkedHashMap<>();
    private final Optional<FieldDescriptor> unitField;
    private final String unit;

    /**
     * @throws IllegalArgumentException if the reading has not what the element needs; the message names it
     */
    ReadingForm(ProviderContract contract, Descriptor reading) {
        Descriptor filled = contract.element().getMessageType();
        element = contract.element();
        point = ProviderMethod.field(reading, "point");
        readingProvenance = ProviderMethod.field(reading, "provenance");
        elementProvenance = ProviderMethod.field(filled, "provenance");
        unitField = Optional.ofNullable(filled.findFieldByName("unit"));
        unit = contract.unit();
        for (FieldDescriptor value : filled.getFields()) {
            if (!NOT_VALUES.contains(value.getName())) {
                values.put(same(value, reading), value);
            }
        }
    }

    Reading contribution(Message reading) {
        Weather.Builder weather = Weather.newBuilder();
        Message.Builder filled = weather.newBuilderForField(element);
        copy(values, reading, filled);
        unitField.ifPresent(field -> filled.setField(field, unit));
        Provenance provenance = (Provenance) reading.getField(readingProvenance);
        filled.setField(elementProvenance, provenance);
        return new Reading(
                weather.setField(element, filled.build()).build(), (Point) reading.getField(point), provenance);
    }

    /** What is absent stays absent, and -0 becomes 0, so that nobody is told that it is -0.0 degrees. */
    static void copy(Map<FieldDescriptor, FieldDescriptor> values, Message from, Message.Builder to) {
        values.forEach((source, target) -> {
            if (from.hasField(source)) {
                Object value = from.getField(source);
                to.setField(target, value instanceof Double number ? (Object) (number + 0.0) : value);
            }
        });
    }

    /** The field of another message that can be copied into this one. */
    static FieldDescriptor same(FieldDescriptor value, Descriptor other) {
        FieldDescriptor field = ProviderMethod.field(other, value.getName());
        if (field.getType() != value.getType() || field.isRepeated() || value.isRepeated()) {
            throw new IllegalArgumentException(field.getFullName() + " is " + kind(field) + ", but must be "
                    + kind(value) + " as " + value.getFullName() + ", and not repeated");
        }
        return field;
    }

    private static String kind(FieldDescriptor field) {
        return (field.isRepeated() ? "repeated " : "") + field.getType();
    }
}
