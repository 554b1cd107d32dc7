package io.weathermesh.local.aws;

import io.weathermesh.local.fleet.Registrar;
import io.weathermesh.mesh.MeshNames;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The instances of Cloud Map's API, which has a change at once. Passes every change on to DNS, which has it after the lag.
 *
 * <p>Safe for use by many threads.
 */
public final class CloudMapRegistry implements Registrar {
    static final String IPV4 = "AWS_INSTANCE_IPV4";
    static final String PORT = "AWS_INSTANCE_PORT";

    /**
     * An instance of a service.
     *
     * @param attributes of the API, the address among them
     */
    record Registration(String service, String id, Map<String, String> attributes, boolean healthy) {
        Registration {
            attributes = Map.copyOf(attributes);
        }
    }

    private static final class Service {
        private final Map<String, Registration> instances = new LinkedHashMap<>();
        private long revision = 1;
    }

    private final Registrar dns;
    private final Map<String, Service> services = new TreeMap<>();

    public CloudMapRegistry(Registrar dns, List<String> services) {
        this.dns = dns;
        services.forEach(name -> this.services.put(name, new Service()));
    }

    /** The id of a service in the API. */
    static String idOf(String service) {
        return "srv-" + service;
    }

    @Override
    public synchronized void register(String service, String task, InetSocketAddress address) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put(IPV4, address.getAddress().getHostAddress());
        attributes.put(PORT, Integer.toString(address.getPort()));
        attributes.put("AVAILABILITY_ZONE", Arns.REGION + "-a");
        attributes.put("REGION", Arns.REGION);
        attributes.put("ECS_CLUSTER_NAME", Arns.CLUSTER);
        attributes.put("ECS_SERVICE_NAME", service);
        attributes.put("ECS_TASK_DEFINITION_FAMILY", service);
        register(new Registration(service, task, attributes, true), address);
    }

    /** Registers an instance, or replaces the one with its id. */
    synchronized void register(Registration registration, InetSocketAddress address) {
        Service service = services.get(registration.service());
        if (service != null) {
            service.instances.put(registration.id(), registration);
            service.revision++;
        }
        dns.register(registration.service(), registration.id(), address);
        if (!registration.healthy()) {
            dns.health(registration.service(), registration.id(), false);
        }
    }

    @Override
    public synchronized void deregister(String service, String id) {
        Service known = services.get(service);
        if (known != null && known.instances.remove(id) != null) {
            known.revision++;
        }
        dns.deregister(service, id);
    }

    /** The revision counts registrations only, as in AWS. */
    @Override
    public synchronized void health(String service, String id, boolean healthy) {
        Service known = services.get(service);
        if (known != null) {
            known.instances.computeIfPresent(
                    id, (name, before) -> new Registration(service, id, before.attributes(), healthy));
        }
        dns.health(service, id, healthy);
    }

    synchronized Collection<String> services() {
        return List.copyOf(services.keySet());
    }

    /** The instances of a service; none if there is no such service. */
    synchronized List<Registration> instances(String service) {
        return services.containsKey(service)
                ? List.copyOf(services.get(service).instances.values())
                : List.of();
    }

    synchronized Optional<Registration> instance(String service, String id) {
        return Optional.ofNullable(services.get(service)).map(known -> known.instances.get(id));
    }

    /** Increases with every registration and deregistration. */
    synchronized long revision(String service) {
        return services.containsKey(service) ? services.get(service).revision : 0;
    }

    /** The id of the namespace. */
    static String namespaceId() {
        return "ns-" + MeshNames.NAMESPACE;
    }
}
