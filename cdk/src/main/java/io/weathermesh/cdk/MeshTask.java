package io.weathermesh.cdk;

import io.weathermesh.mesh.MeshNames;
import io.weathermesh.mesh.MeshTimings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ecr.Repository;
import software.amazon.awscdk.services.ecs.AvailabilityZoneRebalancing;
import software.amazon.awscdk.services.ecs.AwsLogDriverMode;
import software.amazon.awscdk.services.ecs.AwsLogDriverProps;
import software.amazon.awscdk.services.ecs.CfnService;
import software.amazon.awscdk.services.ecs.CloudMapOptions;
import software.amazon.awscdk.services.ecs.ContainerDefinitionOptions;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.ecs.DeploymentCircuitBreaker;
import software.amazon.awscdk.services.ecs.FargateService;
import software.amazon.awscdk.services.ecs.FargateTaskDefinition;
import software.amazon.awscdk.services.ecs.HealthCheck;
import software.amazon.awscdk.services.ecs.LogDrivers;
import software.amazon.awscdk.services.ecs.OperatingSystemFamily;
import software.amazon.awscdk.services.ecs.PortMapping;
import software.amazon.awscdk.services.ecs.RuntimePlatform;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.servicediscovery.DnsRecordType;
import software.constructs.Construct;

/** What the tasks of all services have in common: one container, no rights, and a name in DNS. */
final class MeshTask {
    /** Nobody: the images make this user. */
    static final String USER = "10001:10001";

    /** A JVM with a class cache is ready in seconds; a quarter of a CPU on a bad day is not. */
    static final Duration START_PERIOD = Duration.seconds(60);

    /** The check is a small JVM of its own: at this interval about 2 % of a quarter of a CPU (images/verify.sh). */
    static final Duration CHECK_INTERVAL = Duration.seconds(20);

    /** In each image: asks the admin port's /livez and exits with 0 or 1. No shell, so none has to be in an image. */
    static final List<String> CHECK = List.of("CMD", "java", "@/app/livez.args");

    /** Logs wait here while CloudWatch is slow; beyond it they are lost, rather than that calls wait. */
    private static final Size LOG_BUFFER = Size.mebibytes(4);

    private final Construct scope;
    private final MeshCluster mesh;
    private final WeatherProps props;
    private final String name;

    MeshTask(Construct scope, MeshCluster mesh, WeatherProps props, String name) {
        this.scope = scope;
        this.mesh = mesh;
        this.props = props;
        this.name = name;
    }

    LogGroup logs() {
        return LogGroup.Builder.create(scope, "Logs")
                .retention(LogDays.of(props.logDays()))
                .removalPolicy(props.removalPolicy())
                .build();
    }

    SecurityGroup group() {
        SecurityGroup group = SecurityGroup.Builder.create(scope, "Group")
                .vpc(mesh.network().vpc())
                .description("The tasks of " + name)
                .allowAllOutbound(false)
                .build();
        mesh.network().letOut(group);
        MeshCluster.admit(mesh.clients(), group, "Clients call " + name);
        return group;
    }

    FargateTaskDefinition definition(TaskSize size, LogGroup logs, List<Integer> ports, Map<String, String> settings) {
        FargateTaskDefinition task = FargateTaskDefinition.Builder.create(scope, "Task")
                .family(name)
                .cpu(size.cpuUnits())
                .memoryLimitMiB(size.memoryMiB())
                .runtimePlatform(RuntimePlatform.builder()
                        .cpuArchitecture(props.architecture().ofTasks())
                        .operatingSystemFamily(OperatingSystemFamily.LINUX)
                        .build())
                .build();
        task.addContainer(
                name,
                ContainerDefinitionOptions.builder()
                        .containerName(name)
                        .image(ContainerImage.fromEcrRepository(
                                Repository.fromRepositoryName(
                                        scope, "Repository", props.images().repositoryOf(name)),
                                props.images().tag()))
                        .user(USER)
                        .readonlyRootFilesystem(true)
                        .environment(environment(settings))
                        .portMappings(ports.stream()
                                .map(port -> PortMapping.builder()
                                        .containerPort(port)
                                        .build())
                                .toList())
                        .healthCheck(HealthCheck.builder()
                                .command(CHECK)
                                .interval(CHECK_INTERVAL)
                                .timeout(Duration.seconds(5))
                                .retries(3)
                                .startPeriod(START_PERIOD)
                                .build())
                        .stopTimeout(
                                Whole.seconds("stopTimeout", props.timings().stopTimeout()))
                        .logging(LogDrivers.awsLogs(AwsLogDriverProps.builder()
                                .logGroup(logs)
                                .streamPrefix(name)
                                .mode(AwsLogDriverMode.NON_BLOCKING)
                                .maxBufferSize(LOG_BUFFER)
                                .build()))
                        .build());
        return task;
    }

    FargateService service(FargateTaskDefinition task, SecurityGroup group, @Nullable Duration grace) {
        FargateService service = FargateService.Builder.create(scope, "Service")
                .cluster(mesh.cluster())
                .taskDefinition(task)
                .securityGroups(List.of(group))
                .vpcSubnets(mesh.network().tasks())
                .assignPublicIp(false)
                .enableExecuteCommand(false)
                // New tasks are healthy and in DNS before old ones leave; a version that never is, is taken back.
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
                        .dnsTtl(Whole.seconds("dnsTtl", props.timings().dnsTtl()))
                        .build())
                .healthCheckGracePeriod(grace)
                .build();
        keepCount(service);
        // CloudFormation would start tasks before they can reach ECR: each fails, and three of them fail the stack.
        service.getNode().addDependency(mesh.network(), group, task.obtainExecutionRole());
        return service;
    }

    /** Scaling alone says how many tasks there are: a count in the template would undo it at each deploy. */
    private static void keepCount(FargateService service) {
        if (service.getNode().getDefaultChild() instanceof CfnService resource) {
            resource.addPropertyDeletionOverride("DesiredCount");
        } else {
            throw new IllegalStateException("The service is no ECS service any more");
        }
    }

    private Map<String, String> environment(Map<String, String> settings) {
        MeshTimings timings = props.timings();
        Map<String, String> all = new LinkedHashMap<>(timings.toEnvironment());
        all.put("MESH_GRPC_PORT", Integer.toString(MeshNames.GRPC_PORT));
        all.put("MESH_ADMIN_PORT", Integer.toString(MeshNames.ADMIN_PORT));
        all.put("MESH_ALLOWED_CIDR", Network.CIDR);
        // In an order that does not change from synth to synth.
        all.putAll(new TreeMap<>(settings));
        return all;
    }
}
