package io.weathermesh.humidity;

import com.google.protobuf.Timestamp;
import com.google.type.LatLng;
import io.weathermesh.mesh.Environment;
import io.weathermesh.mesh.MeshMeters;
import io.weathermesh.mesh.MeshProcess;
import io.weathermesh.mesh.MeshServer;
import io.weathermesh.mesh.MeshServerConfig;
import io.weathermesh.mesh.MeshTimings;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.humidity.v1.HumidityServiceGrpc;
import io.weathermesh.proto.humidity.v1.LookupHumidityRequest;
import io.weathermesh.sources.Provider;
import io.weathermesh.sources.Sources;
import io.weathermesh.sources.Timers;
import java.time.Clock;

/** One task of the humidity-provider: reads its settings, serves, and leaves without dropping a call. */
public final class HumidityProvider {
    static final String NAME = "humidity-provider";

    /** The first second of 2001. */
    private static final long LONG_AGO_SECONDS = 978_307_200;

    private HumidityProvider() {}

    public static void main(String[] args) {
        MeshProcess.run(NAME, HumidityProvider::run);
    }

    private static void run(Environment environment) throws Exception {
        Timers timers = Timers.daemon("readings");
        Sources sources = environment.read(settings -> Sources.from(settings, Clock.systemUTC(), timers));
        try (MeshServer server = MeshServer.builder(
                        NAME, MeshServerConfig.from(environment), MeshTimings.from(environment))
                .meters(MeshMeters.ofProcess())
                .service(new HumidityCalls(new Provider(sources, timers)))
                .warmedUpBy(HumidityServiceGrpc.getLookupHumidityMethod(), longAgo())
                .handlersNeverBlock()
                .build()) {
            server.start();
            server.awaitStopped();
        }
    }

    /** A question that only the embedded source answers: a task that starts must not fall upon the others. */
    private static LookupHumidityRequest longAgo() {
        return LookupHumidityRequest.newBuilder()
                .setPoint(Point.newBuilder().setCoordinates(LatLng.newBuilder().setLatitude(48.21)))
                .setEffectiveTime(Timestamp.newBuilder().setSeconds(LONG_AGO_SECONDS))
                .build();
    }
}
