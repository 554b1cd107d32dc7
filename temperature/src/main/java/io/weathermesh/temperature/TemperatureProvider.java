package io.weathermesh.temperature;

import io.weathermesh.mesh.Environment;
import io.weathermesh.mesh.MeshMeters;
import io.weathermesh.mesh.MeshNames;
import io.weathermesh.mesh.MeshProcess;
import io.weathermesh.mesh.MeshServer;
import io.weathermesh.mesh.MeshTimings;
import io.weathermesh.sources.Provider;
import io.weathermesh.sources.Sources;
import io.weathermesh.sources.Timers;
import java.time.Clock;

/** One task of the temperature-provider: reads its settings, serves, and leaves without dropping a call. */
public final class TemperatureProvider {
    private TemperatureProvider() {}

    public static void main(String[] args) {
        MeshProcess.run(MeshNames.TEMPERATURE_PROVIDER, TemperatureProvider::run);
    }

    private static void run(Environment environment) throws Exception {
        Sources sources = Sources.named(environment.text(Sources.SETTING, "climatology"), Clock.systemUTC());
        try (MeshServer server = MeshServer.builder(
                        MeshNames.TEMPERATURE_PROVIDER,
                        MeshServer.Config.from(environment),
                        MeshTimings.from(environment))
                .meters(MeshMeters.ofProcess())
                .service(new TemperatureCalls(new Provider(sources, Timers.daemon("watches"))))
                .handlersNeverBlock()
                .build()) {
            server.start();
            server.awaitStopped();
        }
    }
}
