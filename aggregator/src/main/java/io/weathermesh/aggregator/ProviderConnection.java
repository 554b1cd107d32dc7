package io.weathermesh.aggregator;

import io.grpc.ManagedChannel;
import io.weathermesh.aggregator.providers.ProviderClient;
import io.weathermesh.aggregator.providers.ProviderContract;
import io.weathermesh.aggregator.rest.CallRecorder;
import io.weathermesh.mesh.InvalidSettingException;
import io.weathermesh.mesh.MeshChannels;
import io.weathermesh.mesh.MeshNames;

/**
 * The way to one provider.
 *
 * @param calls what its calls go through; whether it can be reached is known from this one
 * @param streams what nothing but its streams go through
 * @param provider its client, over both
 */
record ProviderConnection(ManagedChannel calls, ManagedChannel streams, ProviderClient provider) {
    /**
     * Begins to look for the provider; it need not be there yet.
     *
     * @throws InvalidSettingException if gRPC cannot make anything of the target; the message names the setting
     */
    static ProviderConnection open(ProviderContract contract, String target, MeshChannels channels) {
        ManagedChannel calls = channel(contract, target, channels);
        ManagedChannel streams = channel(contract, target, channels);
        return new ProviderConnection(
                calls, streams, contract.client(CallRecorder.to(contract.name(), calls), streams));
    }

    private static ManagedChannel channel(ProviderContract contract, String target, MeshChannels channels) {
        try {
            return channels.forTarget(target, contract.service());
        } catch (IllegalArgumentException refused) {
            throw new InvalidSettingException(
                    contract.targetSetting(),
                    target,
                    "a target that gRPC knows, like " + MeshNames.targetOf(contract.name()) + " or dns:///host:50051 ("
                            + refused.getMessage() + ")");
        }
    }

    void shutdownNow() {
        calls.shutdownNow();
        streams.shutdownNow();
    }
}
