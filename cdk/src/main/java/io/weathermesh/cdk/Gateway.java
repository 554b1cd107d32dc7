package io.weathermesh.cdk;

import io.weathermesh.mesh.MeshNames;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.ecs.FargateService;
import software.amazon.awscdk.services.ecs.FargateTaskDefinition;
import software.amazon.awscdk.services.ecs.LoadBalancerTargetOptions;
import software.amazon.awscdk.services.ecs.RequestCountScalingProps;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/** The gateway: a service that takes REST from the load balancer and gRPC from clients, and calls the providers. */
final class Gateway {
    /** The requests a minute that a task of the default size serves before scaling adds one. */
    private static final int REQUESTS_PER_MINUTE_AND_TASK = 6000;

    private Gateway() {}

    static MeshService create(
            Construct scope, MeshCluster mesh, PublicEdge edge, List<MeshService> providers, WeatherProps props) {
        MeshService gateway = new MeshService(
                scope,
                "Gateway",
                GatewayNames.SERVICE,
                mesh,
                List.of(GatewayNames.HTTP_PORT, MeshNames.GRPC_PORT),
                settings(props),
                props);
        providers.forEach(provider ->
                MeshCluster.allowCalls(gateway.group(), provider.group(), "The gateway calls " + provider.name()));
        if (props.services().cloudMapApi()) {
            mesh.network().allowCloudMap(gateway.group());
            allowDiscovery(gateway.definition());
        }
        startAfter(gateway.service(), edge, providers);
        edge.targets()
                .addTarget(gateway.service()
                        .loadBalancerTarget(LoadBalancerTargetOptions.builder()
                                .containerName(GatewayNames.SERVICE)
                                .containerPort(GatewayNames.HTTP_PORT)
                                .build()));
        gateway.count()
                .scaleOnRequestCount(
                        "Requests",
                        RequestCountScalingProps.builder()
                                .targetGroup(edge.targets())
                                .requestsPerTarget(REQUESTS_PER_MINUTE_AND_TASK)
                                .build());
        return gateway;
    }

    private static Map<String, String> settings(WeatherProps props) {
        return Map.of(
                "WEATHER_HTTP_PORT",
                Integer.toString(GatewayNames.HTTP_PORT),
                "WEATHER_ACCESS_LOG",
                "json",
                "WEATHER_RATE_LIMIT",
                Integer.toString(props.services().requestsPerMinute()),
                "MESH_CLOUD_MAP_API",
                props.services().cloudMapApi() ? "on" : "off");
    }

    /**
     * Without a way from the load balancer a task is replaced as unhealthy. Without providers, at the first deploy, the gateway
     * would find no name, never be healthy, and be rolled back; in an upgrade it may call what only new providers serve.
     */
    private static void startAfter(FargateService gateway, PublicEdge edge, List<MeshService> providers) {
        gateway.getNode().addDependency(edge);
        providers.forEach(provider -> gateway.getNode().addDependency(provider.service()));
    }

    /** The action takes no resource; the condition limits it to the namespace of the mesh. */
    private static void allowDiscovery(FargateTaskDefinition task) {
        task.addToTaskRolePolicy(PolicyStatement.Builder.create()
                .actions(List.of("servicediscovery:DiscoverInstances"))
                .resources(List.of("*"))
                .conditions(Map.of("StringEquals", Map.of("servicediscovery:NamespaceName", MeshNames.NAMESPACE)))
                .build());
    }
}
