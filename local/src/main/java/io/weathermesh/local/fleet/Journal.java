package io.weathermesh.local.fleet;

/** Hears of changes of state, one line each. */
@FunctionalInterface
public interface Journal {
    void tell(String subject, String change);
}
