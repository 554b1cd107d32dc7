package io.weathermesh.mesh;

/**
 * Names and ports of the weather system that its code, its local twin and its deployment must agree on. Who has another
 * namespace writes targets of the same form.
 */
public final class MeshNames {
    /** The Cloud Map private DNS namespace. */
    public static final String NAMESPACE = "weather-api";

    /** The public gateway. */
    public static final String WEATHER_AGGREGATOR = "weather-aggregator";

    /** Where every service serves gRPC. */
    public static final int GRPC_PORT = 50051;

    /** Where the gateway serves REST. */
    public static final int HTTP_PORT = 8080;

    /** Where every process tells operators about itself; never public. */
    public static final int ADMIN_PORT = 9090;

    /**
     * What the load balancer asks of a gateway's task on {@link #HTTP_PORT}. It goes on saying yes when all providers are
     * lost: whoever answers no is replaced, and a new gateway would have no providers either.
     */
    public static final String HEALTH_PATH = "/healthz";

    private MeshNames() {}

    /** The name that a service's A records are under: {@code humidity-provider.weather-api}. */
    public static String hostOf(String service) {
        return service + "." + NAMESPACE;
    }

    /** The target that a channel to a service is made for: {@code cloudmap:///humidity-provider.weather-api:50051}. */
    public static String targetOf(String service) {
        return "cloudmap:///" + hostOf(service) + ":" + GRPC_PORT;
    }
}
