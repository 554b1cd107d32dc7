package io.weathermesh.cdk;

import io.weathermesh.mesh.MeshNames;
import java.util.List;
import software.amazon.awscdk.services.applicationautoscaling.EnableScalingProps;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ecs.CpuUtilizationScalingProps;
import software.amazon.awscdk.services.ecs.FargateService;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** A provider: tasks that serve gRPC to the gateway and to clients inside the VPC, and to nobody else. */
public final class ProviderService extends Construct {
    /** Half of what a task can do: the other half bridges the minute until a new task is there. */
    static final int TARGET_CPU_PERCENT = 50;

    private final MeshService service;

    public ProviderService(Construct scope, String id, MeshCluster mesh, String name, WeatherProps props) {
        super(scope, id);
        MeshTask task = new MeshTask(this, mesh, props, name);
        LogGroup logs = task.logs();
        SecurityGroup group = task.group();
        FargateService tasks = task.service(
                task.definition(
                        props.provider(),
                        logs,
                        List.of(MeshNames.GRPC_PORT),
                        props.sources().environment(sharersOfQuotas(props))),
                group,
                null);
        tasks.autoScaleTaskCount(EnableScalingProps.builder()
                        .minCapacity(props.provider().minTasks())
                        .maxCapacity(props.provider().maxTasks())
                        .build())
                .scaleOnCpuUtilization(
                        "Cpu",
                        CpuUtilizationScalingProps.builder()
                                .targetUtilizationPercent(TARGET_CPU_PERCENT)
                                .build());
        service = new MeshService(name, props.provider(), tasks, group, logs);
    }

    /**
     * Sources count an address or an application: by zone, tasks of all providers leave through one, and when the other
     * zones are lost, all do. So each takes the part that is left to it when there are as many as scaling may reach.
     */
    private static int sharersOfQuotas(WeatherProps props) {
        return WeatherStack.PROVIDERS.size() * props.provider().maxTasks();
    }

    MeshService service() {
        return service;
    }
}
