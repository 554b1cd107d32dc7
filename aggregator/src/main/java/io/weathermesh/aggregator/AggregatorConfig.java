package io.weathermesh.aggregator;

import io.weathermesh.aggregator.providers.ProviderContract;
import io.weathermesh.aggregator.providers.Providers;
import io.weathermesh.aggregator.rest.GatewayNames;
import io.weathermesh.aggregator.rest.RestSettings;
import io.weathermesh.mesh.Environment;
import io.weathermesh.mesh.MeshNames;
import io.weathermesh.mesh.MeshServerConfig;
import io.weathermesh.mesh.MeshTimings;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The settings of a gateway.
 *
 * @param server where it serves gRPC and its admin pages
 * @param httpAddress where it serves REST
 * @param targets where each provider is found, by its name
 * @param cache whether answers are remembered and questions in flight shared; load tests want neither
 * @param rest how REST treats its clients
 * @param timings what it has agreed with the rest of the system
 */
record AggregatorConfig(
        MeshServerConfig server,
        InetSocketAddress httpAddress,
        Map<String, String> targets,
        boolean cache,
        RestSettings rest,
        MeshTimings timings) {

    static AggregatorConfig from(Environment environment, boolean terminalWatches) {
        MeshServerConfig server = MeshServerConfig.from(environment);
        return new AggregatorConfig(
                server,
                new InetSocketAddress(
                        server.bindAddress(), environment.port("WEATHER_HTTP_PORT", GatewayNames.HTTP_PORT)),
                Providers.CONTRACTS.stream()
                        .collect(Collectors.toMap(
                                ProviderContract::name,
                                contract -> environment.text(
                                        contract.targetSetting(), MeshNames.targetOf(contract.name())))),
                environment.flag("WEATHER_CACHE", true),
                RestSettings.from(environment, terminalWatches),
                MeshTimings.from(environment));
    }

    String targetOf(ProviderContract contract) {
        return Objects.requireNonNull(targets.get(contract.name()));
    }
}
