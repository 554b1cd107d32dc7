package io.weathermesh.local.trials.compare;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.weathermesh.local.fleet.ServiceDefinition;
import io.weathermesh.mesh.Environment;
import io.weathermesh.mesh.MeshChannels;
import io.weathermesh.mesh.MeshMeters;
import io.weathermesh.mesh.MeshNames;
import io.weathermesh.mesh.MeshTimings;
import io.weathermesh.proto.temperature.v1.TemperatureServiceGrpc;
import java.time.Duration;

/** A kind of client that calls a service whose tasks change. */
enum ClientType {
    /** A channel of this mesh. */
    MESH("this mesh") {
        @Override
        ManagedChannel open(Environment environment) {
            MeshTimings timings = MeshTimings.from(environment);
            return MeshChannels.from(environment, timings, MeshMeters.create())
                    .forTarget(
                            MeshNames.targetOf(ServiceDefinition.TEMPERATURE.name()),
                            TemperatureServiceGrpc.getServiceDescriptor());
        }
    },

    /** gRPC as its documentation suggests. */
    STOCK("stock dns:///") {
        @Override
        ManagedChannel open(Environment environment) {
            return ManagedChannelBuilder.forTarget("dns:///" + HOST + ":" + MeshNames.GRPC_PORT)
                    .usePlaintext()
                    .defaultLoadBalancingPolicy("round_robin")
                    .build();
        }
    },

    /** A resolver that teams write next. */
    NAIVE("poll and replace") {
        @Override
        ManagedChannel open(Environment environment) {
            Duration ttl = MeshTimings.from(environment).dnsTtl();
            NaiveResolver.Provider provider = new NaiveResolver.Provider(
                    environment.socketAddresses("MESH_DNS_SERVERS", 53).get(0), ttl);
            io.grpc.NameResolverRegistry.getDefaultRegistry().register(provider);
            return ManagedChannelBuilder.forTarget(NaiveResolver.SCHEME + ":///" + HOST)
                    .usePlaintext()
                    .defaultLoadBalancingPolicy("round_robin")
                    .build();
        }
    };

    private static final String HOST = MeshNames.hostOf(ServiceDefinition.TEMPERATURE.name());

    private final String title;

    ClientType(String title) {
        this.title = title;
    }

    /** Opens a channel to the temperature-provider. */
    abstract ManagedChannel open(Environment environment);

    String title() {
        return title;
    }
}
