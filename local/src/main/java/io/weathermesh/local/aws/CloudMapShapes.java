package io.weathermesh.local.aws;

import io.weathermesh.local.aws.CloudMapRegistry.Registration;
import io.weathermesh.mesh.MeshNames;
import io.weathermesh.mesh.MeshTimings;
import java.util.List;
import java.util.Map;

/** The registry as members of Cloud Map's responses. */
final class CloudMapShapes {
    private final CloudMapRegistry registry;
    private final MeshTimings timings;

    CloudMapShapes(CloudMapRegistry registry, MeshTimings timings) {
        this.registry = registry;
        this.timings = timings;
    }

    Map<String, ?> namespace() {
        Map<String, ?> dns = Map.of(
                "HostedZoneId",
                "Z" + MeshNames.NAMESPACE,
                "SOA",
                Map.of("TTL", timings.negativeTtl().toSeconds()));
        return Map.of(
                "Id", CloudMapRegistry.namespaceId(),
                "Arn", Arns.namespace(CloudMapRegistry.namespaceId()),
                "Name", MeshNames.NAMESPACE,
                "Type", "DNS_PRIVATE",
                "ServiceCount", registry.services().size(),
                "Properties", Map.of("DnsProperties", dns, "HttpProperties", Map.of("HttpName", MeshNames.NAMESPACE)));
    }

    Map<String, ?> service(String name) {
        long ttl = timings.dnsTtl().toSeconds();
        return Map.of(
                "Id", CloudMapRegistry.idOf(name),
                "Arn", Arns.registry(CloudMapRegistry.idOf(name)),
                "Name", name,
                "NamespaceId", CloudMapRegistry.namespaceId(),
                "Type", "DNS_HTTP",
                "InstanceCount", registry.instances(name).size(),
                "DnsConfig",
                        Map.of(
                                "RoutingPolicy",
                                "MULTIVALUE",
                                "DnsRecords",
                                List.of(Map.of("Type", "A", "TTL", ttl), Map.of("Type", "SRV", "TTL", ttl))),
                "HealthCheckCustomConfig", Map.of("FailureThreshold", 1));
    }

    static Map<String, ?> instance(Registration instance) {
        return Map.of("Id", instance.id(), "Attributes", instance.attributes());
    }

    static Map<String, ?> discovered(Registration instance) {
        return Map.of(
                "InstanceId", instance.id(),
                "NamespaceName", MeshNames.NAMESPACE,
                "ServiceName", instance.service(),
                "HealthStatus", health(instance),
                "Attributes", instance.attributes());
    }

    static String health(Registration instance) {
        return instance.healthy() ? "HEALTHY" : "UNHEALTHY";
    }
}
