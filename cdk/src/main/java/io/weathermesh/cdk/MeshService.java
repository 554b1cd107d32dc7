package io.weathermesh.cdk;

import io.weathermesh.mesh.MeshNames;
import io.weathermesh.mesh.MeshTimings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.services.applicationautoscaling.EnableScalingProps;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ecs.AlarmBehavior;
import software.amazon.awscdk.services.ecs.AvailabilityZoneRebalancing;
import software.amazon.awscdk.services.ecs.AwsLogDriverMode;
import software.amazon.awscdk.services.ecs.AwsLogDriverProps;
import software.amazon.awscdk.services.ecs.Capability;
import software.amazon.awscdk.services.ecs.CfnService;
import software.amazon.awscdk.services.ecs.CloudMapOptions;
import software.amazon.awscdk.services.ecs.ContainerDefinitionOptions;
import software.amazon.awscdk.services.ecs.CpuUtilizationScalingProps;
import software.amazon.awscdk.services.ecs.DeploymentAlarmOptions;
import software.amazon.awscdk.services.ecs.DeploymentCircuitBreaker;
import software.amazon.awscdk.services.ecs.FargateService;
import software.amazon.awscdk.services.ecs.FargateTaskDefinition;
import software.amazon.awscdk.services.ecs.HealthCheck;
import software.amazon.awscdk.services.ecs.LinuxParameters;
import software.amazon.awscdk.services.ecs.LogDrivers;
import software.amazon.awscdk.services.ecs.OperatingSystemFamily;
import software.amazon.awscdk.services.ecs.PortMapping;
import software.amazon.awscdk.services.ecs.PropagatedTagSource;
import software.amazon.awscdk.services.ecs.RuntimePlatform;
import software.amazon.awscdk.services.ecs.ScalableTaskCount;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.servicediscovery.DnsRecordType;
import software.constructs.Construct;

/**
 * An ECS service of the mesh: tasks of one container, without permissions, that serve gRPC to clients inside the VPC under a
 * name in DNS.
 */
public final class MeshService extends Construct {
    /** A user without rights, which the images create. */
    private static final String USER = "10001:10001";

    /** A JVM with a class cache is ready in seconds; on a quarter of a busy CPU it is not. */
    private static final Duration START_PERIOD = Duration.seconds(60);

    /** The check is a small JVM of its own: at this interval it costs about 2 % of a quarter of a CPU (images/verify.sh). */
    private static final Duration CHECK_INTERVAL = Duration.seconds(20);

    /** Part of each image: requests /livez of the admin port and exits with 0 or 1. Needs no shell. */
    private static final List<String> CHECK = List.of("CMD", "java", "@/app/livez.args");

    /** Buffers logs while CloudWatch is slow; beyond it they are lost, so that calls do not wait. */
    private static final Size LOG_BUFFER = Size.mebibytes(4);

    /** Half of what a task can do: the other half covers the minute until a new task is ready. */
    private static final int TARGET_CPU_PERCENT = 50;

    private final String name;
    private final TaskSize size;
    private final MeshCluster mesh;
    private final WeatherProps props;
    private final LogGroup logs;
    private final SecurityGroup group;
    private final FargateTaskDefinition definition;
    private final FargateService service;
    private final ScalableTaskCount count;

    /**
     * @param name the name in ECS and in Cloud Map, one of {@link Services#names()}
     * @param ports those that the container serves on, besides the admin port
     * @param settings environment variables besides those that all services have
     */
    public MeshService(
            Construct scope,
            String id,
            String name,
            MeshCluster mesh,
            List<Integer> ports,
            Map<String, String> settings,
            WeatherProps props) {
        super(scope, id);
        this.name = name;
        this.mesh = mesh;
        this.props = props;
        size = props.services().sizeOf(name);
        logs = LogGroup.Builder.create(this, "Logs")
                .retention(props.operations().retention())
                .removalPolicy(props.operations().removalPolicy())
                .build();
        group = newGroup();
        definition = newDefinition(ports, settings);
        service = newService();
        count = service.autoScaleTaskCount(EnableScalingProps.builder()
                .minCapacity(size.minTasks())
                .maxCapacity(size.maxTasks())
                .build());
        count.scaleOnCpuUtilization(
                "Cpu",
                CpuUtilizationScalingProps.builder()
                        .targetUtilizationPercent(TARGET_CPU_PERCENT)
                        .build());
    }

    String name() {
        return name;
    }

    TaskSize size() {
        return size;
    }

    LogGroup logs() {
        return logs;
    }

    /** The security group that its tasks carry. */
    SecurityGroup group() {
        return group;
    }

    FargateTaskDefinition definition() {
        return definition;
    }

    FargateService service() {
        return service;
    }

    /** The number of its tasks, for policies besides that of the CPU. */
    ScalableTaskCount count() {
        return count;
    }

    /** Rolls a deploy back when one of these alarms goes off during it; they must not depend on the service. */
    void rollBackOn(List<Alarm> alarms) {
        service.enableDeploymentAlarms(
                alarms.stream().map(Alarm::getAlarmName).toList(),
                DeploymentAlarmOptions.builder()
                        .behavior(AlarmBehavior.ROLLBACK_ON_ALARM)
                        .build());
    }

    private SecurityGroup newGroup() {
        SecurityGroup tasks = SecurityGroup.Builder.create(this, "Group")
                .vpc(mesh.network().vpc())
                .description("The tasks of " + name)
                .allowAllOutbound(false)
                .build();
        mesh.network().allowEgress(tasks);
        mesh.allowClientsAndOperators(tasks, name);
        return tasks;
    }

    private FargateTaskDefinition newDefinition(List<Integer> ports, Map<String, String> settings) {
        FargateTaskDefinition task = FargateTaskDefinition.Builder.create(this, "Task")
                .family(name)
                .cpu(size.cpuUnits())
                .memoryLimitMiB(size.memoryMiB())
                .runtimePlatform(RuntimePlatform.builder()
                        .cpuArchitecture(props.images().architecture().ofTasks())
                        .operatingSystemFamily(OperatingSystemFamily.LINUX)
                        .build())
                .build();
        task.addContainer(name, container(ports, settings));
        return task;
    }

    private ContainerDefinitionOptions container(List<Integer> ports, Map<String, String> settings) {
        return ContainerDefinitionOptions.builder()
                .containerName(name)
                .image(props.images().of(name, this))
                .user(USER)
                .readonlyRootFilesystem(true)
                .linuxParameters(withoutCapabilities())
                .environment(environment(settings))
                .portMappings(ports.stream()
                        .map(port -> PortMapping.builder().containerPort(port).build())
                        .toList())
                .healthCheck(HealthCheck.builder()
                        .command(CHECK)
                        .interval(CHECK_INTERVAL)
                        .timeout(Duration.seconds(5))
                        .retries(3)
                        .startPeriod(START_PERIOD)
                        .build())
                .stopTimeout(WholeSeconds.of("stopTimeout", timings().stopTimeout()))
                .logging(LogDrivers.awsLogs(AwsLogDriverProps.builder()
                        .logGroup(logs)
                        .streamPrefix(name)
                        .mode(AwsLogDriverMode.NON_BLOCKING)
                        .maxBufferSize(LOG_BUFFER)
                        .build()))
                .build();
    }

    private LinuxParameters withoutCapabilities() {
        LinuxParameters parameters =
                LinuxParameters.Builder.create(this, "Linux").build();
        parameters.dropCapabilities(Capability.ALL);
        return parameters;
    }

    private FargateService newService() {
        FargateService created = FargateService.Builder.create(this, "Service")
                .cluster(mesh.cluster())
                .taskDefinition(definition)
                .securityGroups(List.of(group))
                .vpcSubnets(mesh.network().taskSubnets())
                .assignPublicIp(false)
                // ECS Exec needs a root file system that can be written to; operators have the admin pages.
                .enableExecuteCommand(false)
                .enableEcsManagedTags(true)
                .propagateTags(PropagatedTagSource.SERVICE)
                // New tasks are healthy and in DNS before old ones leave; a version that never is, is rolled back.
                .minHealthyPercent(100)
                .maxHealthyPercent(200)
                .circuitBreaker(DeploymentCircuitBreaker.builder()
                        .enable(true)
                        .rollback(true)
                        .build())
                .availabilityZoneRebalancing(AvailabilityZoneRebalancing.ENABLED)
                .cloudMapOptions(CloudMapOptions.builder()
                        .name(name)
                        .dnsRecordType(DnsRecordType.A)
                        .dnsTtl(WholeSeconds.of("dnsTtl", timings().dnsTtl()))
                        .build())
                .build();
        leaveCountToScaling(created);
        // CloudFormation would start tasks before they can reach ECR: each fails, and three of them fail the stack.
        created.getNode().addDependency(mesh.network(), group, definition.obtainExecutionRole());
        return created;
    }

    /** A desired count in the template would undo scaling at each deploy. */
    private static void leaveCountToScaling(FargateService service) {
        if (service.getNode().getDefaultChild() instanceof CfnService resource) {
            resource.addPropertyDeletionOverride("DesiredCount");
        } else {
            throw new IllegalStateException("The default child of the service must be an AWS::ECS::Service");
        }
    }

    private Map<String, String> environment(Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(timings().toEnvironment());
        all.put("MESH_GRPC_PORT", Integer.toString(MeshNames.GRPC_PORT));
        all.put("MESH_ADMIN_PORT", Integer.toString(MeshNames.ADMIN_PORT));
        all.put("MESH_ALLOWED_CIDR", Network.CIDR);
        // Sorted: the same in every synth.
        all.putAll(new TreeMap<>(settings));
        return all;
    }

    private MeshTimings timings() {
        return props.services().timings();
    }
}
