package io.weathermesh.humidity;

import com.google.protobuf.Timestamp;
import com.google.type.LatLng;
import io.weathermesh.mesh.Environment;
import io.weathermesh.mesh.MeshMeters;
import io.weathermesh.mesh.MeshProcess;
import io.weathermesh.mesh.MeshServer;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.humidity.v1.HumidityServiceGrpc;
import io.weathermesh.proto.humidity.v1.LookupHumidityRequest;
import io.weathermesh.sources.Timers;
import io.weathermesh.sources.live.SourceChain;
import io.weathermesh.sources.serving.Provider;
import java.time.Clock;

/** One task of the humidity-provider: reads its settings, serves, and drains when it is stopped. */
public final class HumidityProvider {
    static final String NAME = "humidity-provider";

    /** The first second of 2001. */
    private static final long PAST_SECONDS = 978_307_200;

    private HumidityProvider() {}

    public static void main(String[] args) {
        MeshProcess.run(NAME, HumidityProvider::run);
    }

    private static void run(Environment environment) throws Exception {
        Timers timers = Timers.daemon("readings");
        SourceChain sources = environment.read(settings -> SourceChain.from(settings, Clock.systemUTC(), timers));
        try (MeshServer server = MeshServer.builder(NAME, environment)
                .meters(MeshMeters.ofProcess())
                .service(new HumidityCalls(new Provider(sources, timers)))
                .warmUp(HumidityServiceGrpc.getLookupHumidityMethod(), warmUpRequest())
                .handlersNeverBlock()
                .build()) {
            server.start();
            server.awaitStopped();
        }
    }

    /** A request for the past, which only the climatology serves: the warm-up of a task must not call live sources. */
    private static LookupHumidityRequest warmUpRequest() {
        return LookupHumidityRequest.newBuilder()
                .setPoint(Point.newBuilder().setCoordinates(LatLng.newBuilder().setLatitude(48.21)))
                .setEffectiveTime(Timestamp.newBuilder().setSeconds(PAST_SECONDS))
                .build();
    }
}
