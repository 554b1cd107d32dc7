package io.weathermesh.local.fleet;

/** The last status of a task as in ECS, except that a task of ECS is RUNNING before it is healthy. */
public enum TaskStatus {
    /** Its process runs, and has not been healthy yet. */
    PENDING,
    /** It has been healthy and is registered. */
    RUNNING,
    /** The load balancer lets its requests finish. */
    DEACTIVATING,
    /** It is deregistered and has been sent SIGTERM. */
    STOPPING,
    /** Its process has ended. */
    STOPPED
}
