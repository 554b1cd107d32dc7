package io.weathermesh.aggregator;

import io.weathermesh.aggregator.rest.EdgeSettings;
import io.weathermesh.mesh.Environment;
import io.weathermesh.mesh.MeshNames;
import io.weathermesh.mesh.MeshServer;
import io.weathermesh.mesh.MeshTimings;
import java.net.InetSocketAddress;

/**
 * The settings of a gateway.
 *
 * @param server where it serves gRPC and its admin pages
 * @param httpAddress where it serves REST
 * @param temperatureTarget the temperature-provider
 * @param humidityTarget the humidity-provider
 * @param cache whether answers are remembered and questions in flight shared; load tests want neither
 * @param edge how REST treats its clients
 * @param timings what it has agreed with the rest of the system
 */
record AggregatorConfig(
        MeshServer.Config server,
        InetSocketAddress httpAddress,
        String temperatureTarget,
        String humidityTarget,
        boolean cache,
        EdgeSettings edge,
        MeshTimings timings) {

    static AggregatorConfig from(Environment environment, boolean terminalWatches) {
        MeshServer.Config server = MeshServer.Config.from(environment);
        return new AggregatorConfig(
                server,
                new InetSocketAddress(server.bindAddress(), environment.port("WEATHER_HTTP_PORT", MeshNames.HTTP_PORT)),
                environment.text("TEMPERATURE_TARGET", MeshNames.targetOf(MeshNames.TEMPERATURE_PROVIDER)),
                environment.text("HUMIDITY_TARGET", MeshNames.targetOf(MeshNames.HUMIDITY_PROVIDER)),
                environment.flag("WEATHER_CACHE", true),
                EdgeSettings.from(environment, terminalWatches),
                MeshTimings.from(environment));
    }
}
