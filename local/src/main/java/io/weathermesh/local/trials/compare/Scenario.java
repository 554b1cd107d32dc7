package io.weathermesh.local.trials.compare;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * A fault or a change of a service, and what its clients may notice of it.
 *
 * @param name as the command line takes it
 * @param ttl of the DNS records
 * @param types the clients that call
 * @param promise of this mesh, for people
 * @param kept whether a client's statistics keep the promise
 */
record Scenario(
        String name,
        Duration ttl,
        List<ClientType> types,
        Script script,
        String promise,
        Predicate<ClientStatistics> kept) {
    /** The steps, from the start of the first task to the last call. */
    interface Script {
        void run(ScenarioRun run) throws Exception;
    }
}
