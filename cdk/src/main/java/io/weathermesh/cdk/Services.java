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
 */
public record Services(TaskSize provider, TaskSize gateway, MeshTimings timings, boolean cloudMapApi) {
    /** The providers, by their names in ECS and in Cloud Map. */
    static final List<String> PROVIDERS = List.of("temperature-provider", "humidity-provider");

    public Services {
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
