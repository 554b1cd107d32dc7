package io.weathermesh.cdk;

import io.weathermesh.mesh.MeshNames;
import java.util.Optional;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ecs.CloudMapNamespaceOptions;
import software.amazon.awscdk.services.ecs.Cluster;
import software.amazon.awscdk.services.ecs.ContainerInsights;
import software.amazon.awscdk.services.servicediscovery.CfnPrivateDnsNamespace;
import software.amazon.awscdk.services.servicediscovery.INamespace;
import software.amazon.awscdk.services.servicediscovery.NamespaceType;
import software.constructs.Construct;

/** The ECS cluster that tasks run in, and the Cloud Map namespace, a private DNS zone, that they find each other in. */
public final class MeshCluster extends Construct {
    private final Network network;
    private final Cluster cluster;
    private final SecurityGroup clients;
    private final Optional<SecurityGroup> operators;

    public MeshCluster(Construct scope, String id, Network network, WeatherProps props) {
        super(scope, id);
        this.network = network;
        cluster = Cluster.Builder.create(this, "Cluster")
                .vpc(network.vpc())
                .containerInsightsV2(ContainerInsights.ENABLED)
                .build();
        INamespace namespace = cluster.addDefaultCloudMapNamespace(CloudMapNamespaceOptions.builder()
                .name(MeshNames.NAMESPACE)
                .vpc(network.vpc())
                .type(NamespaceType.DNS_PRIVATE)
                .build());
        setNegativeTtl(namespace, props);
        clients = group("Clients", "Tasks with this group may call the weather services by gRPC");
        operators = props.operations().operatorAccess()
                ? Optional.of(group("Operators", "Members of this group may open the admin pages of every task"))
                : Optional.empty();
    }

    /**
     * Sets the TTL of negative answers. With the default, callers would miss the first task of a service that had none. The
     * construct of the namespace has no property for it.
     */
    private static void setNegativeTtl(INamespace namespace, WeatherProps props) {
        if (namespace.getNode().getDefaultChild() instanceof CfnPrivateDnsNamespace zone) {
            zone.addPropertyOverride(
                    "Properties.DnsProperties.SOA.TTL",
                    WholeSeconds.of("negativeTtl", props.services().timings().negativeTtl())
                            .toSeconds());
        } else {
            throw new IllegalStateException("The default child of the namespace must be a private DNS namespace");
        }
    }

    Network network() {
        return network;
    }

    Cluster cluster() {
        return cluster;
    }

    /** The security group that tasks of other teams carry, besides their own, to call the services. */
    SecurityGroup clients() {
        return clients;
    }

    /** The security group of operators, who may open the admin pages of every task; empty if nobody may. */
    Optional<SecurityGroup> operators() {
        return operators;
    }

    /** Allows the tasks of one security group to call the gRPC port of another. */
    static void allowCalls(SecurityGroup caller, SecurityGroup service, String description) {
        allow(caller, service, MeshNames.GRPC_PORT, description);
    }

    /** Allows clients to call a service, and operators to open its admin pages. */
    void allowClientsAndOperators(SecurityGroup service, String name) {
        allowCalls(clients, service, "Clients call " + name);
        operators.ifPresent(
                group -> allow(group, service, MeshNames.ADMIN_PORT, "Operators open the pages of " + name));
    }

    private static void allow(SecurityGroup caller, SecurityGroup service, int port, String description) {
        service.addIngressRule(caller, Port.tcp(port), description);
        caller.addEgressRule(service, Port.tcp(port), description);
    }

    private SecurityGroup group(String id, String description) {
        return SecurityGroup.Builder.create(this, id)
                .vpc(network.vpc())
                .description(description)
                .allowAllOutbound(false)
                .build();
    }
}
