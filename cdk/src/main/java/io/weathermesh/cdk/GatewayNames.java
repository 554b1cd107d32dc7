package io.weathermesh.cdk;

/**
 * Names that the gateway's code has too. This module depends on {@code mesh} only, so it keeps a copy; {@code
 * ProvidersAreTheSameEverywhereTest} of the module {@code local} compares the two.
 */
final class GatewayNames {
    /** The name of the gateway's service in ECS and in Cloud Map. */
    static final String SERVICE = "weather-aggregator";

    /** The port that the gateway serves REST on. */
    static final int HTTP_PORT = 8080;

    /** The path of the load balancer's health check. */
    static final String HEALTH_PATH = "/healthz";

    /** The field of the gateway's access log, one JSON object a line, that holds the outcome of a request. */
    static final String OUTCOME = "outcome";

    /** An outcome: every value is present and fresh. */
    static final String COMPLETE = "COMPLETE";

    /** An outcome: a value is missing or stale. */
    static final String PARTIAL = "PARTIAL";

    private GatewayNames() {}
}
