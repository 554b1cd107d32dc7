package io.weathermesh.mesh;

import java.net.InetAddress;

/**
 * The ports and limits of a server. Port 0 takes a free one.
 *
 * @param bindAddress the address of both ports
 * @param grpcPort the port of gRPC
 * @param adminPort the port of the admin pages
 * @param maxConcurrentCalls unary calls in flight; above it calls are refused with RESOURCE_EXHAUSTED
 * @param maxConcurrentStreams open streaming calls; above it calls are refused with RESOURCE_EXHAUSTED
 * @param maxConnections client connections; above it connections are closed unread
 * @param maxInboundMessageBytes the largest request message
 * @param maxInboundMetadataBytes the largest request headers
 */
public record MeshServerConfig(
        InetAddress bindAddress,
        int grpcPort,
        int adminPort,
        int maxConcurrentCalls,
        int maxConcurrentStreams,
        int maxConnections,
        int maxInboundMessageBytes,
        int maxInboundMetadataBytes) {

    private static final int DEFAULT_MAX_CALLS = 1_000;
    private static final int DEFAULT_MAX_STREAMS = 2_000;
    private static final int DEFAULT_MAX_CONNECTIONS = 1_000;
    private static final int DEFAULT_MAX_MESSAGE_BYTES = 256 * 1024;
    private static final int DEFAULT_MAX_METADATA_BYTES = 8 * 1024;

    public MeshServerConfig {
        inRange("grpcPort", grpcPort, 0, Environment.MAX_PORT);
        inRange("adminPort", adminPort, 0, Environment.MAX_PORT);
        inRange("maxConcurrentCalls", maxConcurrentCalls, 1, Integer.MAX_VALUE);
        inRange("maxConcurrentStreams", maxConcurrentStreams, 1, Integer.MAX_VALUE);
        inRange("maxConnections", maxConnections, 1, Integer.MAX_VALUE);
        inRange("maxInboundMessageBytes", maxInboundMessageBytes, 1, Integer.MAX_VALUE);
        inRange("maxInboundMetadataBytes", maxInboundMetadataBytes, 1, Integer.MAX_VALUE);
        if (grpcPort == adminPort && grpcPort != 0) {
            throw new InvalidSettingException("grpcPort (MESH_GRPC_PORT) and adminPort (MESH_ADMIN_PORT) are both "
                    + grpcPort + ", but must differ");
        }
    }

    private static void inRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new InvalidSettingException(name + " is " + value + ", but must be between " + min + " and " + max);
        }
    }

    /** A configuration with the default limits. */
    public MeshServerConfig(InetAddress bindAddress, int grpcPort, int adminPort) {
        this(
                bindAddress,
                grpcPort,
                adminPort,
                DEFAULT_MAX_CALLS,
                DEFAULT_MAX_STREAMS,
                DEFAULT_MAX_CONNECTIONS,
                DEFAULT_MAX_MESSAGE_BYTES,
                DEFAULT_MAX_METADATA_BYTES);
    }

    /** Reads the {@code MESH_} settings of this server. */
    public static MeshServerConfig from(Environment environment) {
        return new MeshServerConfig(
                environment.address("MESH_BIND_ADDRESS", "0.0.0.0"),
                environment.port("MESH_GRPC_PORT", MeshNames.GRPC_PORT),
                environment.port("MESH_ADMIN_PORT", MeshNames.ADMIN_PORT),
                environment.integer("MESH_MAX_CALLS", DEFAULT_MAX_CALLS, 1, 100_000),
                environment.integer("MESH_MAX_STREAMS", DEFAULT_MAX_STREAMS, 1, 100_000),
                environment.integer("MESH_MAX_CONNECTIONS", DEFAULT_MAX_CONNECTIONS, 1, 100_000),
                DEFAULT_MAX_MESSAGE_BYTES,
                DEFAULT_MAX_METADATA_BYTES);
    }
}
