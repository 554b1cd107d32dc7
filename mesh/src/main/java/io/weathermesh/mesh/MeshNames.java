package io.weathermesh.mesh;

/**
 * Names and ports that tasks, their local twin and their deployment agree on. A team with another namespace writes
 * targets of the same form.
 */
public final class MeshNames {
    /** The Cloud Map private DNS namespace. */
    public static final String NAMESPACE = "weather-api";

    /** The port that every service serves gRPC on. */
    public static final int GRPC_PORT = 50051;

    /** The port of the admin pages of every task; never public. */
    public static final int ADMIN_PORT = 9090;

    private MeshNames() {}

    /** The name of a service's A records: {@code humidity-provider.weather-api}. */
    public static String hostOf(String service) {
        return service + "." + NAMESPACE;
    }

    /** The target of a channel to a service: {@code cloudmap:///humidity-provider.weather-api:50051}. */
    public static String targetOf(String service) {
        return "cloudmap:///" + hostOf(service) + ":" + GRPC_PORT;
    }
}
