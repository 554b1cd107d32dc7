package io.weathermesh.aggregator.providers;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import io.grpc.ServiceDescriptor;
import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.weather.v1.Weather;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The provider's side of a connection, as the gateway must know it in advance. {@link ProviderClient} finds the rest in the
 * contract of the service.
 *
 * @param name the service, as in DNS; ends in {@code -provider}
 * @param service the gRPC service of its tasks
 * @param field the number of the field of {@code weather.v1.Weather} for its values; the field's message has a provenance
 * @param unit the unit of the values and of their uncertainty, as a UCUM code
 */
public record ProviderContract(String name, ServiceDescriptor service, int field, String unit) {
    private static final String SUFFIX = "-provider";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*" + SUFFIX);

    public ProviderContract {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the provider's name is '" + name + "', but must be words with dashes that end in " + SUFFIX);
        }
        FieldDescriptor values = Weather.getDescriptor().findFieldByNumber(field);
        if (values == null || values.getJavaType() != JavaType.MESSAGE || values.isRepeated()) {
            throw new IllegalArgumentException("the field of " + name + " is " + field
                    + ", but must be that of one message in weather.v1.Weather");
        }
        FieldDescriptor provenance = values.getMessageType().findFieldByName("provenance");
        if (provenance == null
                || provenance.getJavaType() != JavaType.MESSAGE
                || !provenance.getMessageType().equals(Provenance.getDescriptor())) {
            throw new IllegalArgumentException("the field of " + name + " is " + values.getFullName()
                    + ", but its message must have a field 'provenance' of "
                    + Provenance.getDescriptor().getFullName());
        }
    }

    /** The environment variable with its target: HUMIDITY_TARGET for the humidity-provider. */
    public String targetSetting() {
        String quantity = name.substring(0, name.length() - SUFFIX.length());
        return quantity.replace('-', '_').toUpperCase(Locale.ROOT) + "_TARGET";
    }

    /** The field of {@code weather.v1.Weather} for its values. */
    FieldDescriptor weatherField() {
        return Weather.getDescriptor().findFieldByNumber(field);
    }
}
