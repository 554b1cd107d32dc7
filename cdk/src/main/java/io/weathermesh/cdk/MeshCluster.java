package io.weathermesh.cdk;

import io.weathermesh.mesh.MeshNames;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ecs.CloudMapNamespaceOptions;
import software.amazon.awscdk.services.ecs.Cluster;
import software.amazon.awscdk.services.ecs.ContainerInsights;
import software.amazon.awscdk.services.servicediscovery.CfnPrivateDnsNamespace;
import software.amazon.awscdk.services.servicediscovery.INamespace;
import software.amazon.awscdk.services.servicediscovery.NamespaceType;
import software.constructs.Construct;

/** Where tasks run and find each other: an ECS cluster whose namespace is a private DNS zone. */
public final class MeshCluster extends Construct {
    private final Network network;
    private final Cluster cluster;
    private final SecurityGroup clients;

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
        shortenNegativeAnswers(namespace, props);
        clients = SecurityGroup.Builder.create(this, "Clients")
                .vpc(network.vpc())
                .description("Whoever carries it may call the weather services by gRPC")
                .allowAllOutbound(false)
                .build();
    }

    /**
     * How long resolvers remember that a name does not exist: with the default, callers would not see the first task of
     * a service that had none. The construct of the namespace has no property for it.
     */
    private static void shortenNegativeAnswers(INamespace namespace, WeatherProps props) {
        if (namespace.getNode().getDefaultChild() instanceof CfnPrivateDnsNamespace zone) {
            zone.addPropertyOverride(
                    "Properties.DnsProperties.SOA.TTL",
                    Whole.seconds("negativeTtl", props.timings().negativeTtl()).toSeconds());
        } else {
            throw new IllegalStateException("The namespace is no private DNS namespace any more");
        }
    }

    Network network() {
        return network;
    }

    Cluster cluster() {
        return cluster;
    }

    /** What other teams' tasks carry beside their own group to call the services. */
    SecurityGroup clients() {
        return clients;
    }

    /** Lets a group, and nobody else, call a service's gRPC port. */
    static void admit(SecurityGroup caller, SecurityGroup service, String description) {
        Port grpc = Port.tcp(MeshNames.GRPC_PORT);
        service.addIngressRule(caller, grpc, description);
        caller.addEgressRule(service, grpc, description);
    }
}
