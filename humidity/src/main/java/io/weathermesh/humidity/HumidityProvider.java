package io.weathermesh.humidity;

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

/** One task of the humidity-provider: reads its settings, serves, and leaves without dropping a call. */
public final class HumidityProvider {
    private HumidityProvider() {}

    public static void main(String[] args) {
        MeshProcess.run(MeshNames.HUMIDITY_PROVIDER, HumidityProvider::run);
    }

    private static void run(Environment environment) throws Exception {
        Sources sources = Sources.named(environment.text(Sources.SETTING, "climatology"), Clock.systemUTC());
        try (MeshServer server = MeshServer.builder(
                        MeshNames.HUMIDITY_PROVIDER, MeshServer.Config.from(environment), MeshTimings.from(environment))
                .meters(MeshMeters.ofProcess())
                .service(new HumidityCalls(new Provider(sources, Timers.daemon("watches"))))
                .handlersNeverBlock()
                .build()) {
            server.start();
            server.awaitStopped();
        }
    }
}
