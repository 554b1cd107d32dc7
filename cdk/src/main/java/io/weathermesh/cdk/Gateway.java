package io.weathermesh.cdk;

import io.weathermesh.mesh.MeshNames;
import io.weathermesh.mesh.MeshTimings;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.applicationautoscaling.EnableScalingProps;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ecs.CpuUtilizationScalingProps;
import software.amazon.awscdk.services.ecs.FargateService;
import software.amazon.awscdk.services.ecs.FargateTaskDefinition;
import software.amazon.awscdk.services.ecs.LoadBalancerTargetOptions;
import software.amazon.awscdk.services.ecs.RequestCountScalingProps;
import software.amazon.awscdk.services.ecs.ScalableTaskCount;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationProtocol;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationTargetGroup;
import software.amazon.awscdk.services.elasticloadbalancingv2.HealthCheck;
import software.amazon.awscdk.services.elasticloadbalancingv2.TargetGroupLoadBalancingAlgorithmType;
import software.amazon.awscdk.services.elasticloadbalancingv2.TargetType;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** The gateway: tasks that take REST from the load balancer, gRPC from clients, and call the providers. */
public final class Gateway extends Construct {
    /** What one task of the default size is asked before another one is started, at most. */
    private static final int REQUESTS_PER_MINUTE_AND_TASK = 6000;

    private final MeshService service;
    private final ApplicationTargetGroup targets;

    public Gateway(
            Construct scope,
            String id,
            MeshCluster mesh,
            PublicEdge edge,
            List<ProviderService> providers,
            WeatherProps props) {
        super(scope, id);
        MeshTask task = new MeshTask(this, mesh, props, GatewayNames.SERVICE);
        LogGroup logs = task.logs();
        SecurityGroup group = task.group();
        providers.forEach(provider -> MeshCluster.admit(
                group,
                provider.service().group(),
                "The gateway calls " + provider.service().name()));
        FargateTaskDefinition definition = task.definition(
                props.gateway(),
                logs,
                List.of(GatewayNames.HTTP_PORT, MeshNames.GRPC_PORT),
                Map.of(
                        "WEATHER_HTTP_PORT",
                        Integer.toString(GatewayNames.HTTP_PORT),
                        "WEATHER_ACCESS_LOG",
                        "json",
                        "WEATHER_RATE_LIMIT",
                        Integer.toString(Firewall.REQUESTS_PER_MINUTE),
                        "MESH_CLOUD_MAP_API",
                        props.cloudMapApi() ? "on" : "off"));
        if (props.cloudMapApi()) {
            mesh.network().letAskCloudMap(group);
            letDiscover(definition);
        }
        FargateService tasks = task.service(definition, group, MeshTask.START_PERIOD);
        startAfter(tasks, providers);
        // A task without a way from the load balancer would be replaced as unhealthy.
        tasks.getNode().addDependency(edge);
        targets = targets(mesh, props.timings());
        targets.addTarget(tasks.loadBalancerTarget(LoadBalancerTargetOptions.builder()
                .containerName(GatewayNames.SERVICE)
                .containerPort(GatewayNames.HTTP_PORT)
                .build()));
        edge.forwardTo(targets);
        scale(tasks, props.gateway());
        service = new MeshService(GatewayNames.SERVICE, props.gateway(), tasks, group, logs);
    }

    MeshService service() {
        return service;
    }

    ApplicationTargetGroup targets() {
        return targets;
    }

    /**
     * At the first deploy the gateway would find no name, never be healthy, and have its deploy taken back; at an upgrade a
     * gateway may ask for what only new providers know.
     */
    private static void startAfter(FargateService gateway, List<ProviderService> providers) {
        providers.forEach(
                provider -> gateway.getNode().addDependency(provider.service().service()));
    }

    /** The action knows no resource; the condition keeps it to our namespace. */
    private static void letDiscover(FargateTaskDefinition task) {
        task.addToTaskRolePolicy(PolicyStatement.Builder.create()
                .actions(List.of("servicediscovery:DiscoverInstances"))
                .resources(List.of("*"))
                .conditions(Map.of("StringEquals", Map.of("servicediscovery:NamespaceName", MeshNames.NAMESPACE)))
                .build());
    }

    private ApplicationTargetGroup targets(MeshCluster mesh, MeshTimings timings) {
        return ApplicationTargetGroup.Builder.create(this, "Targets")
                .vpc(mesh.network().vpc())
                .targetType(TargetType.IP)
                .protocol(ApplicationProtocol.HTTP)
                .port(GatewayNames.HTTP_PORT)
                .loadBalancingAlgorithmType(TargetGroupLoadBalancingAlgorithmType.LEAST_OUTSTANDING_REQUESTS)
                .deregistrationDelay(Whole.seconds("deregistrationDelay", timings.deregistrationDelay()))
                .healthCheck(HealthCheck.builder()
                        .path(GatewayNames.HEALTH_PATH)
                        .healthyHttpCodes("200")
                        .interval(Whole.seconds("healthInterval", timings.healthInterval()))
                        .timeout(Whole.seconds("healthTimeout", timings.healthTimeout()))
                        .healthyThresholdCount(2)
                        .unhealthyThresholdCount(timings.unhealthyThreshold())
                        .build())
                .build();
    }

    private void scale(FargateService tasks, TaskSize size) {
        ScalableTaskCount count = tasks.autoScaleTaskCount(EnableScalingProps.builder()
                .minCapacity(size.minTasks())
                .maxCapacity(size.maxTasks())
                .build());
        count.scaleOnCpuUtilization(
                "Cpu",
                CpuUtilizationScalingProps.builder()
                        .targetUtilizationPercent(ProviderService.TARGET_CPU_PERCENT)
                        .build());
        count.scaleOnRequestCount(
                "Requests",
                RequestCountScalingProps.builder()
                        .targetGroup(targets)
                        .requestsPerTarget(REQUESTS_PER_MINUTE_AND_TASK)
                        .build());
    }
}
