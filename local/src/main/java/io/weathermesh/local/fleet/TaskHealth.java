package io.weathermesh.local.fleet;

/** What the health checks say of a task. */
public enum TaskHealth {
    /** It has not answered yet. */
    UNKNOWN,
    HEALTHY,
    /** It failed several checks in a row. */
    UNHEALTHY
}
