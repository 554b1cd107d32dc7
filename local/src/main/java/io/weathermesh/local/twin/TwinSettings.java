package io.weathermesh.local.twin;

import io.weathermesh.local.fleet.ServiceDefinition;
import io.weathermesh.mesh.MeshTimings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a person can choose of the twin.
 *
 * @param home the folder of the modules; the twin's own files go into {@code .weather} there
 * @param tasks how many tasks a service starts with, by its name; a service that is not named has none
 * @param ttl of DNS records
 * @param lag how late a change of the registry shows in DNS
 * @param replaceAfter how long the place of a task that died stays empty
 * @param subnet the first service lives at {@code 127.0.<subnet>.x}, the others at the next ones
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
    private static final Duration LEAST_SLACK = Duration.ofSeconds(5);

    /** @throws IllegalArgumentException where two ports are the same, or a task could not leave in time */
    public TwinSettings {
        tasks = Map.copyOf(tasks);
        if (port == dnsPort || port == awsPort || dnsPort == awsPort) {
            throw new IllegalArgumentException("the ports of the load balancer, the name server and the AWS API are "
                    + port + ", " + dnsPort + " and " + awsPort + ", but must differ");
        }
        timings(ttl, lag);
    }

    /** Where the load balancer and the name server listen. */
    static final String LOOPBACK = "127.0.0.1";

    /** The timings that every task is told. */
    MeshTimings timings() {
        return timings(ttl, lag);
    }

    private static MeshTimings timings(Duration ttl, Duration lag) {
        try {
            return MeshTimings.forDnsTtl(ttl, lag.compareTo(LEAST_SLACK) > 0 ? lag : LEAST_SLACK);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "a TTL of " + ttl.toSeconds() + " s and a lag of " + lag.toSeconds()
                            + " s together are too long for a task to leave in order: " + e.getMessage(),
                    e);
        }
    }

    /** What runs, in the order in which it starts. */
    List<ServiceDefinition> services() {
        return ServiceDefinition.ALL.stream()
                .map(service -> service.movedBy(subnet - 1))
                .toList();
    }

    int tasksOf(ServiceDefinition service) {
        return tasks.getOrDefault(service.name(), 0);
    }

    /** Where logs and the file that other terminals find the twin by are. */
    public static Path folder(Path home) {
        return home.resolve(".weather");
    }

    /** Where the logs of the tasks are. */
    public static Path logs(Path home) {
        return folder(home).resolve("logs");
    }
}
