package io.weathermesh.aggregator;

import io.grpc.ManagedChannel;
import io.weathermesh.aggregator.providers.Provider;
import io.weathermesh.aggregator.providers.ProviderClient;
import io.weathermesh.aggregator.providers.ProviderContract;
import io.weathermesh.aggregator.rest.CallRecorder;
import io.weathermesh.mesh.InvalidSettingException;
import io.weathermesh.mesh.MeshChannels;
import io.weathermesh.mesh.MeshNames;
import java.time.Clock;

/**
 * The channels to one provider.
 *
 * @param calls the channel of calls, whose state shows whether the provider is available
 * @param streams the channel of streams
 * @param provider a client of both
 */
record ProviderConnection(ManagedChannel calls, ManagedChannel streams, Provider provider) {
    /**
     * Starts to connect; the provider may be unavailable.
     *
     * @throws InvalidSettingException if the target is invalid; the message names the setting
     */
    static ProviderConnection open(ProviderContract contract, String target, MeshChannels channels, Clock clock) {
        ManagedChannel calls = channel(contract, target, channels);
        ManagedChannel streams = channel(contract, target, channels);
        return new ProviderConnection(
                calls, streams, new ProviderClient(contract, CallRecorder.to(contract.name(), calls), streams, clock));
    }

    private static ManagedChannel channel(ProviderContract contract, String target, MeshChannels channels) {
        try {
            return channels.forTarget(target, contract.service());
        } catch (IllegalArgumentException refused) {
            throw new InvalidSettingException(
                    contract.targetSetting(),
                    target,
                    "a target that gRPC knows, such as " + MeshNames.targetOf(contract.name())
                            + " or dns:///host:50051 (" + refused.getMessage() + ")");
        }
    }

    void shutdownNow() {
        calls.shutdownNow();
        streams.shutdownNow();
    }
}
