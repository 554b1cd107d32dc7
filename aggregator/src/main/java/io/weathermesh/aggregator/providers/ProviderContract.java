package io.weathermesh.aggregator.providers;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import io.grpc.Channel;
import io.grpc.ServiceDescriptor;
import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.weather.v1.Weather;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the gateway must know of a provider before it is connected to it. All else {@link ReadingClient} finds in the
 * contract of its service.
 *
 * @param name the service, as in DNS; ends in {@code -provider}
 * @param service what its tasks serve
 * @param field the number of the field of {@code weather.v1.Weather} that it fills; the field's message has a provenance
 * @param unit of the element and of its uncertainty, as a UCUM code
 */
public record ProviderContract(String name, ServiceDescriptor service, int field, String unit) {
    private static final String SUFFIX = "-provider";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*" + SUFFIX);

    public ProviderContract {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the provider's name is '" + name + "', but must be words with dashes that end in " + SUFFIX);
        }
        FieldDescriptor element = Weather.getDescriptor().findFieldByNumber(field);
        if (element == null || element.getJavaType() != JavaType.MESSAGE || element.isRepeated()) {
            throw new IllegalArgumentException("the field of " + name + " is " + field
                    + ", but must be that of one message in weather.v1.Weather");
        }
        FieldDescriptor provenance = element.getMessageType().findFieldByName("provenance");
        if (provenance == null
                || provenance.getJavaType() != JavaType.MESSAGE
                || !provenance.getMessageType().equals(Provenance.getDescriptor())) {
            throw new IllegalArgumentException("the field of " + name + " is " + element.getFullName()
                    + ", but its message must have a field 'provenance' of "
                    + Provenance.getDescriptor().getFullName());
        }
    }

    /** The environment variable that says where it is: HUMIDITY_TARGET for the humidity-provider. */
    public String targetSetting() {
        String quantity = name.substring(0, name.length() - SUFFIX.length());
        return quantity.replace('-', '_').toUpperCase(Locale.ROOT) + "_TARGET";
    }

    /**
     * A client of two channels: one for calls, and one for nothing but streams, beside which calls would wait for a place
     * on the connection when there are many.
     *
     * @throws IllegalArgumentException if the service's contract lacks what the gateway needs; the message names it
     */
    public ProviderClient client(Channel calls, Channel streams) {
        return new ReadingClient(this, calls, streams);
    }

    /** The field that it fills. */
    FieldDescriptor element() {
        return Weather.getDescriptor().findFieldByNumber(field);
    }
}
