package io.weathermesh.aggregator;

import io.grpc.ManagedChannel;
import io.weathermesh.aggregator.rest.NotedCalls;
import io.weathermesh.aggregator.weather.ProviderClient;
import io.weathermesh.aggregator.weather.ProviderContract;
import io.weathermesh.mesh.MeshChannels;

/**
 * The way to one provider.
 *
 * @param calls what its calls go through; whether it can be reached is known from this one
 * @param streams what nothing but its streams go through
 * @param provider its client, over both
 */
record ProviderConnection(ManagedChannel calls, ManagedChannel streams, ProviderClient provider) {
    static ProviderConnection open(ProviderContract contract, String target, MeshChannels channels) {
        ManagedChannel calls = channels.forTarget(target, contract.service());
        ManagedChannel streams = channels.forTarget(target, contract.service());
        return new ProviderConnection(calls, streams, contract.client(NotedCalls.to(contract.name(), calls), streams));
    }

    void shutdownNow() {
        calls.shutdownNow();
        streams.shutdownNow();
    }
}
