package io.weathermesh.local.fleet;

import io.weathermesh.aggregator.rest.GatewayNames;
import io.weathermesh.mesh.MeshNames;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * What all tasks of a service share.
 *
 * @param name as in DNS
 * @param module the folder whose {@code target} holds the jar
 * @param mainClass what a task runs
 * @param subnet tasks live at {@code 127.0.<subnet>.<number>}
 * @param tasks how many there are unless somebody says otherwise
 * @param maxHeap the heap of a task, as {@code -Xmx} takes it
 * @param behindBalancer whether the load balancer sends requests to the tasks
 */
public record ServiceDefinition(
        String name, String module, String mainClass, int subnet, int tasks, String maxHeap, boolean behindBalancer) {
    /** More would not fit into a subnet, and not into most machines either. */
    public static final int MAX_TASKS = 120;

    /** The last number a task can have: {@code 127.0.x.250}. */
    static final int LAST_NUMBER = 250;

    public static final ServiceDefinition TEMPERATURE =
            provider("temperature-provider", "temperature", "io.weathermesh.temperature.TemperatureProvider", 1);
    public static final ServiceDefinition HUMIDITY =
            provider("humidity-provider", "humidity", "io.weathermesh.humidity.HumidityProvider", 2);
    public static final ServiceDefinition AGGREGATOR = new ServiceDefinition(
            GatewayNames.SERVICE, "aggregator", "io.weathermesh.aggregator.WeatherAggregator", 3, 1, "256m", true);

    /** The services that the gateway calls. */
    public static final List<ServiceDefinition> PROVIDERS = List.of(TEMPERATURE, HUMIDITY);

    /** Everything that runs, the gateway first: it takes longest to start. */
    public static final List<ServiceDefinition> ALL =
            Stream.concat(Stream.of(AGGREGATOR), PROVIDERS.stream()).toList();

    private static ServiceDefinition provider(String name, String module, String mainClass, int subnet) {
        return new ServiceDefinition(name, module, mainClass, subnet, 2, "64m", false);
    }

    /** The same with all tasks in another subnet. */
    public ServiceDefinition movedBy(int subnets) {
        return new ServiceDefinition(name, module, mainClass, subnet + subnets, tasks, maxHeap, behindBalancer);
    }

    /** Where a task lives. */
    public Inet4Address addressOf(int number) {
        try {
            return (Inet4Address) InetAddress.getByAddress(new byte[] {127, 0, (byte) subnet, (byte) number});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /** The ports that a task listens on. */
    public List<Integer> ports() {
        return behindBalancer
                ? List.of(MeshNames.GRPC_PORT, MeshNames.ADMIN_PORT, GatewayNames.HTTP_PORT)
                : List.of(MeshNames.GRPC_PORT, MeshNames.ADMIN_PORT);
    }
}
