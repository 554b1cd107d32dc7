package io.weathermesh.local.fleet;

/** Where a task is in its life, in the words of ECS, where however a task is RUNNING before it is healthy. */
public enum TaskStatus {
    /** Its process has been started, and has not been healthy yet. */
    PENDING,
    /** It has been healthy and is registered. */
    RUNNING,
    /** The load balancer lets its requests finish. */
    DEACTIVATING,
    /** It is out of the registry and has been told SIGTERM. */
    STOPPING,
    /** Its process has ended. */
    STOPPED
}
