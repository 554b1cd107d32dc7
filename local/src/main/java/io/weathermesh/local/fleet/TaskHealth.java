package io.weathermesh.local.fleet;

/** The result of the health checks of a task. */
public enum TaskHealth {
    /** No check has passed yet. */
    UNKNOWN,
    HEALTHY,
    /** Several checks in a row have failed. */
    UNHEALTHY
}
