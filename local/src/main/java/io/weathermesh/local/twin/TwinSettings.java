package io.weathermesh.local.twin;

import io.weathermesh.local.fleet.ServiceDefinition;
import io.weathermesh.mesh.MeshTimings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a person can choose of the twin.
 *
 * @param home the folder of the modules; the twin's own files go into {@code .weather} there
 * @param ttl of DNS records
 * @param lag how late a change of the registry shows in DNS
 * @param replaceAfter how long the place of a task that died stays empty
 * @param subnet temperature lives at {@code 127.0.<subnet>.x}, humidity and the gateway at the next two
 * @param port of the load balancer
 * @param dnsPort of the name server
 * @param awsPort of the AWS API
 */
public record TwinSettings(
        Path home,
        int temperature,
        int humidity,
        int aggregator,
        Duration ttl,
        Duration lag,
        Duration replaceAfter,
        int subnet,
        int port,
        int dnsPort,
        int awsPort) {
    private static final Duration LEAST_SLACK = Duration.ofSeconds(5);

    /** Where the load balancer and the name server listen. */
    static final String LOOPBACK = "127.0.0.1";

    /** The timings that every task is told. */
    MeshTimings timings() {
        return MeshTimings.forDnsTtl(ttl, lag.compareTo(LEAST_SLACK) > 0 ? lag : LEAST_SLACK);
    }

    ServiceDefinition temperatureService() {
        return ServiceDefinition.TEMPERATURE.movedBy(subnet - 1);
    }

    ServiceDefinition humidityService() {
        return ServiceDefinition.HUMIDITY.movedBy(subnet - 1);
    }

    ServiceDefinition aggregatorService() {
        return ServiceDefinition.AGGREGATOR.movedBy(subnet - 1);
    }

    List<String> serviceNames() {
        return List.of(
                temperatureService().name(),
                humidityService().name(),
                aggregatorService().name());
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
