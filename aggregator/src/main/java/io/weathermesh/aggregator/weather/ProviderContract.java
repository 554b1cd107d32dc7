package io.weathermesh.aggregator.weather;

import io.grpc.Channel;
import io.grpc.ServiceDescriptor;
import java.util.function.BiFunction;

/**
 * What the gateway must know of a provider before it is connected to it.
 *
 * @param name the service, as in DNS
 * @param service what its tasks serve
 * @param field the number of the field of {@code weather.v1.Weather} that it fills; the field's message has a provenance
 * @param client makes a client of two channels: one for calls, and one for nothing but streams, beside which
 *     calls would wait for a place on the connection when there are many
 */
public record ProviderContract(
        String name, ServiceDescriptor service, int field, BiFunction<Channel, Channel, ProviderClient> client) {}
