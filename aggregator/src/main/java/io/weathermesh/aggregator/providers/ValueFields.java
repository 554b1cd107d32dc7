package io.weathermesh.aggregator.providers;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;

/** The values that a provider's message and the gateway's message have under the same names. */
final class ValueFields {
    /** The ranges that the contracts promise, by unit; a unit that is not here has none. */
    private static final Map<String, Range> RANGES = Map.of("Cel", new Range(-100, 70), "%", new Range(0, 100));

    private static final Range UNLIMITED = new Range(-Double.MAX_VALUE, Double.MAX_VALUE);

    private record Range(double min, double max) {}

    private final FieldDescriptor[] sources;
    private final FieldDescriptor[] targets; // each for the source of the same index
    private final Range range;

    /**
     * @param names the names of the values
     * @param from the provider's message
     * @param to the gateway's message
     * @param unit of the values, as a UCUM code
     * @throws IllegalArgumentException if a value is not a field of both messages, or is of two types
     */
    ValueFields(List<String> names, Descriptor from, Descriptor to, String unit) {
        sources = new FieldDescriptor[names.size()];
        targets = new FieldDescriptor[names.size()];
        for (int i = 0; i < names.size(); i++) {
            FieldDescriptor source = ProviderMethod.field(from, names.get(i));
            FieldDescriptor target = ProviderMethod.field(to, names.get(i));
            if (source.getType() != target.getType() || source.isRepeated() || target.isRepeated()) {
                throw new IllegalArgumentException(source.getFullName() + " is " + type(source) + ", but must be "
                        + type(target) + " as " + target.getFullName() + ", and not repeated");
            }
            sources[i] = source;
            targets[i] = target;
        }
        range = RANGES.getOrDefault(unit, UNLIMITED);
    }

    /**
     * Copies the values. A value that is absent stays absent, and -0 becomes 0, so that no client prints -0.0 degrees.
     *
     * @throws InvalidResponseException if all values are absent, or one is not a number or out of its range
     */
    void copy(Message from, Message.Builder to) throws InvalidResponseException {
        boolean any = false;
        for (int i = 0; i < sources.length; i++) {
            if (from.hasField(sources[i])) {
                any = true;
                to.setField(targets[i], checked(sources[i], from.getField(sources[i])));
            }
        }
        if (!any) {
            throw new InvalidResponseException("has no value");
        }
    }

    private Object checked(FieldDescriptor field, Object value) throws InvalidResponseException {
        if (!(value instanceof Double number)) {
            return value;
        }
        // Also false for what is not a number.
        if (!(number >= range.min() && number <= range.max())) {
            throw new InvalidResponseException("has a " + field.getName() + " of " + number
                    + (range.equals(UNLIMITED)
                            ? ", which is not finite"
                            : ", which is not between " + range.min() + " and " + range.max()));
        }
        return number + 0.0;
    }

    private static String type(FieldDescriptor field) {
        return (field.isRepeated() ? "repeated " : "") + field.getType();
    }
}
