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
 * @param httpAddress the address of REST
 * @param targets the gRPC target of each provider, by its name
 * @param cache whether responses are cached and calls in flight shared; off for load tests
 * @param rest the limits of REST for its clients
 * @param timings the timings of the whole system
 */
record AggregatorConfig(
        InetSocketAddress httpAddress,
        Map<String, String> targets,
        boolean cache,
        RestSettings rest,
        MeshTimings timings) {

    static AggregatorConfig from(Environment environment, boolean terminalAttached) {
        return new AggregatorConfig(
                new InetSocketAddress(
                        MeshServerConfig.from(environment).bindAddress(),
                        environment.port("WEATHER_HTTP_PORT", GatewayNames.HTTP_PORT)),
                Providers.CONTRACTS.stream()
                        .collect(Collectors.toMap(
                                ProviderContract::name,
                                contract -> environment.text(
                                        contract.targetSetting(), MeshNames.targetOf(contract.name())))),
                environment.flag("WEATHER_CACHE", true),
                RestSettings.from(environment, terminalAttached),
                MeshTimings.from(environment));
    }

    String targetOf(ProviderContract contract) {
        return Objects.requireNonNull(targets.get(contract.name()));
    }
}
