package io.weathermesh.local.twin;

import io.weathermesh.local.fleet.ServiceDefinition;
import io.weathermesh.mesh.MeshTimings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The options of a twin.
 *
 * @param home the folder of the modules; the twin's own files go into {@code .weather} there
 * @param tasks the number of tasks by service; 0 for a service without an entry
 * @param ttl of DNS records
 * @param lag delay of every change of the registry in DNS
 * @param replaceAfter delay before a task that died is replaced
 * @param subnet the first service has addresses in {@code 127.0.<subnet>.x}, the others in the next ones
 * @param port of the load balancer
 * @param dnsPort of the name server
 * @param awsPort of the AWS API
 */
public record TwinSettings(
        Path home,
        Map<String, Integer> tasks,
        Duration ttl,
        Duration lag,
        Duration replaceAfter,
        int subnet,
        int port,
        int dnsPort,
        int awsPort) {
    private static final Duration MIN_SLACK = Duration.ofSeconds(5);

    /** @throws IllegalArgumentException if two ports are equal, or if TTL and lag are too long for a drain */
    public TwinSettings {
        tasks = Map.copyOf(tasks);
        if (port == dnsPort || port == awsPort || dnsPort == awsPort) {
            throw new IllegalArgumentException("the ports of the load balancer, the name server and the AWS API are "
                    + port + ", " + dnsPort + " and " + awsPort + ", but must differ");
        }
        timings(ttl, lag);
    }

    /** The address of the load balancer and the name server. */
    static final String LOOPBACK = "127.0.0.1";

    /** The timings of every task. */
    MeshTimings timings() {
        return timings(ttl, lag);
    }

    private static MeshTimings timings(Duration ttl, Duration lag) {
        try {
            return MeshTimings.forDnsTtl(ttl, lag.compareTo(MIN_SLACK) > 0 ? lag : MIN_SLACK);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "a TTL of " + ttl.toSeconds() + " s and a lag of " + lag.toSeconds()
                            + " s together are too long for a task to leave in order: " + e.getMessage(),
                    e);
        }
    }

    /** The services, in the order of their start. */
    List<ServiceDefinition> services() {
        return ServiceDefinition.ALL.stream()
                .map(service -> service.movedBy(subnet - 1))
                .toList();
    }

    int tasksOf(ServiceDefinition service) {
        return tasks.getOrDefault(service.name(), 0);
    }

    /** The folder of the twin's files. */
    public static Path folder(Path home) {
        return home.resolve(".weather");
    }

    /** The folder of the tasks' logs. */
    public static Path logs(Path home) {
        return folder(home).resolve("logs");
    }
}
