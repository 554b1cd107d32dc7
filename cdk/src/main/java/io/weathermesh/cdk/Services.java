package io.weathermesh.cdk;

import io.weathermesh.mesh.MeshTimings;
import java.util.List;
import java.util.stream.Stream;

/**
 * The services of a stack: their names, their tasks, and the timings that these run with.
 *
 * @param provider the tasks of each provider
 * @param gateway the gateway's tasks
 * @param timings every length of time that the callers of a leaving task depend on, for the stack and for the containers
 * @param cloudMapApi whether the gateway calls {@code DiscoverInstances} beside DNS. One DNS answer has at most eight
 *     addresses; with the API the gateway learns of every task within the TTL. Its role gets the permission for that, and a
 *     stack with endpoints one more of them
 * @param requestsPerMinute the requests that one address may send in a minute, 10 to 1,000,000: the firewall counts over all
 *     tasks, a task of the gateway what it receives itself
 */
public record Services(
        TaskSize provider, TaskSize gateway, MeshTimings timings, boolean cloudMapApi, int requestsPerMinute) {
    /** The providers, by their names in ECS and in Cloud Map. */
    static final List<String> PROVIDERS = List.of("temperature-provider", "humidity-provider");

    /** Twenty a second. */
    static final int DEFAULT_REQUESTS_PER_MINUTE = 1200;

    /** The lowest limit of a rate-based rule: RateBasedStatement in the API reference of AWS WAF. */
    private static final int MIN_REQUESTS_PER_MINUTE = 10;

    /** The highest limit that the gateway takes. */
    private static final int MAX_REQUESTS_PER_MINUTE = 1_000_000;

    public Services {
        if (requestsPerMinute < MIN_REQUESTS_PER_MINUTE || requestsPerMinute > MAX_REQUESTS_PER_MINUTE) {
            throw new IllegalArgumentException("requestsPerMinute is " + requestsPerMinute + ", but must be between "
                    + MIN_REQUESTS_PER_MINUTE + " and " + MAX_REQUESTS_PER_MINUTE);
        }
        WholeSeconds.check(timings);
    }

    /** The names of all services. */
    static List<String> names() {
        return Stream.concat(PROVIDERS.stream(), Stream.of(GatewayNames.SERVICE))
                .toList();
    }

    TaskSize sizeOf(String service) {
        return service.equals(GatewayNames.SERVICE) ? gateway : provider;
    }

    /** The number of tasks of all providers when scaling has reached its limits. */
    int maxProviderTasks() {
        return PROVIDERS.size() * provider.maxTasks();
    }
}
