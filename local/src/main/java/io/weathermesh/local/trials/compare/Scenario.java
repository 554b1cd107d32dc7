package io.weathermesh.local.trials.compare;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Something that happens to a service, and what its callers may see of it.
 *
 * @param name for the command line
 * @param ttl of the records in DNS
 * @param ways who calls
 * @param promise what this mesh promises, in words
 * @param kept whether a client kept it
 */
record Scenario(
        String name,
        Duration ttl,
        List<ClientType> ways,
        Script script,
        String promise,
        Predicate<ClientStatistics> kept) {
    /** What happens, from an empty run to the last call. */
    interface Script {
        void play(ScenarioRun run) throws Exception;
    }
}
