package io.weathermesh.cdk;

import io.weathermesh.mesh.MeshNames;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/**
 * The whole system in one region. Other teams' stacks import {@code <stack>-clients}, the security group that may
 * call the services, and find them under {@code <service>.weather-api}.
 */
public final class WeatherStack extends Stack {
    /** Whom the gateway asks, as they are called in DNS. */
    static final List<String> PROVIDERS = List.of("temperature-provider", "humidity-provider");

    private static final String SUFFIX = "-provider";

    public WeatherStack(Construct scope, String id, WeatherProps props) {
        super(
                scope,
                id,
                StackProps.builder()
                        .description("weather-mesh: temperature and humidity of any place")
                        .env(Environment.builder().region(props.region()).build())
                        .terminationProtection(props.protectedFromDeletion())
                        .build());
        Network network = new Network(this, "Network", props);
        MeshCluster mesh = new MeshCluster(this, "Mesh", network, props);
        List<ProviderService> providers = PROVIDERS.stream()
                .map(name -> new ProviderService(this, idOf(name), mesh, name, props))
                .toList();
        PublicEdge edge = new PublicEdge(this, "Edge", network, props);
        Gateway gateway = new Gateway(this, "Gateway", mesh, edge, providers, props);
        new Watch(
                this,
                "Watch",
                edge,
                gateway,
                Stream.concat(providers.stream().map(ProviderService::service), Stream.of(gateway.service()))
                        .toList(),
                mesh.cluster().getClusterName(),
                props);
        Suppressions.explain(this);
        output("Address", edge.balancer().getLoadBalancerDnsName(), "Where the load balancer is", null);
        output(
                "Clients",
                mesh.clients().getSecurityGroupId(),
                "The security group of callers inside the VPC",
                id + "-clients");
        output("Namespace", MeshNames.NAMESPACE, "The private DNS zone of the services", id + "-namespace");
        output("Vpc", network.vpc().getVpcId(), "The VPC that the zone is seen from", id + "-vpc");
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
