package io.weathermesh.aggregator.rest;

/**
 * Names of the gateway that its local twin and its deployment use. The deployment may not depend on this module and has
 * a copy of its own; {@code ProvidersAreTheSameEverywhereTest} compares the two.
 */
public final class GatewayNames {
    /** The name of the gateway's service in ECS and in Cloud Map. */
    public static final String SERVICE = "weather-aggregator";

    /** The port that REST is served on, in front of which the load balancer stands. */
    public static final int HTTP_PORT = 8080;

    /**
     * The path of the load balancer's health check on {@link #HTTP_PORT}. A task stays healthy when all providers are
     * unavailable: ECS replaces an unhealthy task, and its successor would have no providers either.
     */
    public static final String HEALTH_PATH = "/healthz";

    /** The field of the access log, one JSON object a line, that holds the outcome of a request. Alarms count it. */
    public static final String OUTCOME = "outcome";

    /** An outcome: every value is present and fresh. */
    public static final String COMPLETE = "COMPLETE";

    /** An outcome: a value is missing or stale, and the response names it. */
    public static final String PARTIAL = "PARTIAL";

    private GatewayNames() {}
}
