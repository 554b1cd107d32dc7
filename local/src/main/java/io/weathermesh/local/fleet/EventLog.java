package io.weathermesh.local.fleet;

/** Hears of changes of state, one line each. */
@FunctionalInterface
public interface EventLog {
    void tell(String subject, String change);
}
