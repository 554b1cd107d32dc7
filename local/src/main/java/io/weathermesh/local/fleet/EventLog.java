package io.weathermesh.local.fleet;

/** Receives changes of state, one line each. Safe for use by many threads. */
@FunctionalInterface
public interface EventLog {
    void log(String subject, String event);
}
