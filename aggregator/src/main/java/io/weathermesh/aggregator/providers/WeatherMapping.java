package io.weathermesh.aggregator.providers;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.weather.v1.Weather;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a provider's reading into its part of {@code weather.v1.Weather}. */
final class WeatherMapping {
    private static final Set<String> NOT_VALUES = Set.of("unit", "provenance");

    private final FieldDescriptor target;
    private final FieldDescriptor point;
    private final FieldDescriptor provenance;
    private final FieldDescriptor targetProvenance;
    private final @Nullable FieldDescriptor targetUnit; // null if the message has no unit
    private final String unit;
    private final ValueFields values;

    /**
     * @param reading the provider's message
     * @throws IllegalArgumentException if the reading lacks a field that the target needs; the message names it
     */
    WeatherMapping(ProviderContract contract, Descriptor reading) {
        target = contract.weatherField();
        unit = contract.unit();
        Descriptor message = target.getMessageType();
        point = ProviderMethod.field(reading, "point");
        provenance = ProviderMethod.field(reading, "provenance");
        targetProvenance = ProviderMethod.field(message, "provenance");
        targetUnit = message.findFieldByName("unit");
        List<String> names = message.getFields().stream()
                .map(FieldDescriptor::getName)
                .filter(name -> !NOT_VALUES.contains(name))
                .toList();
        values = new ValueFields(names, reading, message, unit);
    }

    /** @throws InvalidResponseException if the reading breaks its contract, or is for another point */
    Reading<Weather> reading(Message reading, Point requested, long nowSeconds) throws InvalidResponseException {
        Provenance from = (Provenance) reading.getField(provenance);
        Point at = (Point) reading.getField(point);
        Weather.Builder weather = Weather.newBuilder();
        Message.Builder filled = weather.newBuilderForField(target);
        values.copy(reading, filled);
        ResponseChecks.check(from, nowSeconds);
        ResponseChecks.checkObserveTime(from);
        ResponseChecks.check(at, requested);
        if (targetUnit != null) {
            filled.setField(targetUnit, unit);
        }
        filled.setField(targetProvenance, from);
        return new Reading<>(weather.setField(target, filled.build()).build(), at, from);
    }
}
