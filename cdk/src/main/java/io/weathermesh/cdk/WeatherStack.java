package io.weathermesh.cdk;

import io.weathermesh.mesh.MeshNames;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/**
 * The whole system in one region. Stacks of other teams import {@code <stack>-clients}, the security group that may call the
 * services, and resolve the services as {@code <service>.weather-api}.
 */
public final class WeatherStack extends Stack {
    private static final String SUFFIX = "-provider";

    public WeatherStack(Construct scope, String id, WeatherProps props) {
        super(
                scope,
                id,
                StackProps.builder()
                        .description("weather-mesh: temperature and humidity of any place")
                        .env(Environment.builder()
                                .region(props.placement().region())
                                .build())
                        .terminationProtection(props.operations().protectedFromDeletion())
                        .build());
        Network network = new Network(this, "Network", props);
        MeshCluster mesh = new MeshCluster(this, "Mesh", network, props);
        List<MeshService> providers = Services.PROVIDERS.stream()
                .map(name -> provider(name, mesh, props))
                .toList();
        PublicEdge edge = new PublicEdge(this, "Edge", network, props);
        MeshService gateway = Gateway.create(this, mesh, edge, providers, props);
        new Monitoring(this, "Monitoring", edge, gateway, providers, mesh, props);
        Suppressions.addTo(this);
        output("Address", edge.balancer().getLoadBalancerDnsName(), "The load balancer's DNS name", null);
        output(
                "Clients",
                mesh.clients().getSecurityGroupId(),
                "The security group of callers inside the VPC",
                id + "-clients");
        mesh.operators()
                .ifPresent(group -> output(
                        "Operators",
                        group.getSecurityGroupId(),
                        "The security group of operators inside the VPC",
                        id + "-operators"));
        output("Namespace", MeshNames.NAMESPACE, "The private DNS zone of the services", id + "-namespace");
        output("Vpc", network.vpc().getVpcId(), "The VPC in which the zone resolves", id + "-vpc");
    }

    /**
     * Live sources count the calls of an address or of an application. All tasks of all providers may leave by one address, so
     * each takes the share that is left when scaling has reached its limits.
     */
    private MeshService provider(String name, MeshCluster mesh, WeatherProps props) {
        return new MeshService(
                this,
                idOf(name),
                name,
                mesh,
                List.of(MeshNames.GRPC_PORT),
                props.sources().environment(props.services().maxProviderTasks()),
                props);
    }

    /** Humidity for the humidity-provider, SeaLevel for the sea-level-provider. */
    static String idOf(String provider) {
        if (!provider.endsWith(SUFFIX)) {
            throw new IllegalArgumentException("a provider is '" + provider + "', but its name must end in " + SUFFIX);
        }
        return Arrays.stream(provider.substring(0, provider.length() - SUFFIX.length())
                        .split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    private void output(String id, String value, String description, @Nullable String export) {
        CfnOutput.Builder.create(this, id)
                .value(value)
                .description(description)
                .exportName(export)
                .build();
    }
}
