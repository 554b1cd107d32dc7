package io.weathermesh.cdk;

import static io.weathermesh.cdk.Template.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.weathermesh.cdk.Template.Resource;
import io.weathermesh.mesh.MeshNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/** Tasks, their registration, and how deploys replace them. */
final class TaskInvariants {
    static final List<Invariant> ALL = List.of(
            containers("rootFileSystemsAreReadOnly", (container, props) -> container
                    .path("ReadonlyRootFilesystem")
                    .asBoolean()),
            containers(
                    "noContainerRunsAsRoot",
                    (container, props) -> container.path("User").asText().matches("[1-9]\\d*:[1-9]\\d*")
                            && !container.path("Privileged").asBoolean()),
            containers(
                    "ecsKillsNoTaskThatIsStillDraining",
                    (container, props) -> container.path("StopTimeout").asInt()
                            == props.services().timings().stopTimeout().toSeconds()),
            containers("tasksRunWithTheTimingsOfTheStack", (container, props) -> environment(container)
                    .entrySet()
                    .containsAll(props.services().timings().toEnvironment().entrySet())),
            containers(
                    "tasksListenWhereTheStackOpensPorts",
                    (container, props) -> environment(container)
                                    .getOrDefault("MESH_GRPC_PORT", "")
                                    .equals("" + MeshNames.GRPC_PORT)
                            && ports(container).contains(MeshNames.GRPC_PORT)),
            containers("tasksConnectOnlyInsideTheVpc", (container, props) -> environment(container)
                    .getOrDefault("MESH_ALLOWED_CIDR", "")
                    .equals("10.0.0.0/16")),
            containers(
                    "healthChecksNeedNoShell",
                    (container, props) -> Template.texts(container.at("/HealthCheck/Command"))
                                    .equals(List.of("CMD", "java", "@/app/livez.args"))
                            && container.at("/HealthCheck/Interval").asInt() >= 10
                            && container.at("/HealthCheck/Timeout").asInt() >= 5
                            && container.at("/HealthCheck/Retries").asInt() >= 3
                            && container.at("/HealthCheck/StartPeriod").asInt() >= 60),
            containers("noContainerHasCapabilities", (container, props) -> Template.texts(
                            container.at("/LinuxParameters/Capabilities/Drop"))
                    .equals(List.of("ALL"))),
            containers("logsNeverBlockACall", (container, props) -> container
                    .at("/LogConfiguration/Options/mode")
                    .asText()
                    .equals("non-blocking")),
            tasks(
                    "tasksRunOnTheArchitectureOfTheImages",
                    (task, props) -> task.at("/RuntimePlatform/CpuArchitecture")
                                    .asText()
                                    .equals(props.images().architecture().name())
                            && task.at("/NetworkMode").asText().equals("awsvpc")),
            new Invariant("eachServiceRunsItsImage", TaskInvariants::wrongImage),
            new Invariant("eachExecutionRoleMayPullItsImage", TaskInvariants::withoutPull),
            services(
                    "aNewTaskHasTimeToStart",
                    (service, props) -> service.at("/LoadBalancers").isEmpty()
                            || service.at("/HealthCheckGracePeriodSeconds").asInt() >= 60),
            services("tasksHaveNoPublicAddress", (service, props) -> service.at(
                            "/NetworkConfiguration/AwsvpcConfiguration/AssignPublicIp")
                    .asText()
                    .equals("DISABLED")),
            services("ecsExecIsDisabled", (service, props) -> !service.at("/EnableExecuteCommand")
                    .asBoolean(true)),
            services("aDeployKeepsAllTasksAndRollsBack", (service, props) -> {
                JsonNode deployment = service.at("/DeploymentConfiguration");
                return deployment.path("MinimumHealthyPercent").asInt() >= 100
                        && deployment.path("MaximumPercent").asInt() >= 150
                        && deployment.at("/DeploymentCircuitBreaker/Enable").asBoolean()
                        && deployment.at("/DeploymentCircuitBreaker/Rollback").asBoolean();
            }),
            new Invariant("aDeployThatFailsUsersRollsBack", TaskInvariants::withoutRollback),
            services(
                    "tasksCarryTheTagsOfTheStack",
                    (service, props) -> service.at("/PropagateTags").asText().equals("SERVICE")
                            && service.at("/EnableECSManagedTags").asBoolean()),
            new Invariant("eachExecutionRoleMayWriteItsLogs", TaskInvariants::withoutLogs),
            services("aDeployDoesNotUndoScaling", (service, props) -> service.at("/DesiredCount")
                    .isMissingNode()),
            new Invariant("theGatewayStartsAfterItsProviders", TaskInvariants::tooEarly),
            new Invariant("providersShareTheQuotasOfSourcesAndSendTheContact", TaskInvariants::wrongShares),
            new Invariant("everyServiceScalesBetweenItsLimits", TaskInvariants::serviceWithoutTwoTasks),
            new Invariant("everyServiceIsInCloudMapUnderItsName", TaskInvariants::misregistered),
            new Invariant("recordsAreMultivalueWithTheTtlOfTheStack", TaskInvariants::wrongRecords),
            new Invariant("negativeAnswersHaveTheTtlOfTheStack", TaskInvariants::wrongNegativeTtl));

    private static final Set<String> PULL =
            Set.of("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer");

    private TaskInvariants() {}

    static Map<String, String> environment(JsonNode container) {
        Map<String, String> variables = new HashMap<>();
        container
                .path("Environment")
                .forEach(entry -> variables.put(
                        entry.path("Name").asText(), entry.path("Value").asText()));
        return variables;
    }

    static Set<Integer> ports(JsonNode container) {
        Set<Integer> ports = new TreeSet<>();
        container
                .path("PortMappings")
                .forEach(mapping -> ports.add(mapping.path("ContainerPort").asInt()));
        return ports;
    }

    static Resource taskOf(Template template, Resource service) {
        return template.byId(target(service.at("/TaskDefinition")));
    }

    private static Invariant containers(String name, BiPredicate<JsonNode, WeatherProps> holds) {
        return tasks(name, (task, props) -> {
            boolean all = task.at("/ContainerDefinitions").size() > 0;
            for (JsonNode container : task.at("/ContainerDefinitions")) {
                all &= holds.test(container, props);
            }
            return all;
        });
    }

    private static Invariant tasks(String name, BiPredicate<Resource, WeatherProps> holds) {
        return each("AWS::ECS::TaskDefinition", name, holds);
    }

    private static Invariant services(String name, BiPredicate<Resource, WeatherProps> holds) {
        return each("AWS::ECS::Service", name, holds);
    }

    static Invariant each(String type, String name, BiPredicate<Resource, WeatherProps> holds) {
        return new Invariant(name, (template, props) -> {
            List<Resource> resources = template.all(type);
            return resources.isEmpty()
                    ? List.of("no " + type)
                    : resources.stream()
                            .filter(resource -> !holds.test(resource, props))
                            .map(Resource::id)
                            .toList();
        });
    }

    private static List<String> wrongImage(Template template, WeatherProps props) {
        // CloudFormation adds the domain of the partition.
        String registry = props.images()
                .registry()
                .map(name -> name.substring(0, name.indexOf("amazonaws")))
                .orElse("AWS::AccountId");
        return template.all("AWS::ECS::TaskDefinition").stream()
                .filter(task -> {
                    JsonNode container = task.at("/ContainerDefinitions/0");
                    String service = container.path("Name").asText();
                    String version = props.images().versions().get(service);
                    String image = container.path("Image").toString();
                    String repository = "/" + props.images().prefix() + "/" + service;
                    return version == null
                            || !image.contains(repository + (version.startsWith("sha256:") ? "@" : ":") + version)
                            || !image.contains(registry);
                })
                .map(Resource::id)
                .toList();
    }

    private static List<String> withoutPull(Template template, WeatherProps props) {
        List<String> found = new ArrayList<>();
        for (Resource task : template.all("AWS::ECS::TaskDefinition")) {
            Resource role = template.byId(target(task.at("/ExecutionRoleArn")));
            String repository = props.images().prefix() + "/"
                    + task.at("/ContainerDefinitions/0/Name").asText();
            Set<String> actions = new TreeSet<>();
            Set<String> global = new TreeSet<>();
            template.statementsOf(role.id()).forEach(statement -> {
                boolean ofImage = statement.path("Resource").toString().contains(":repository/" + repository + "\"");
                Set<String> into =
                        ofImage ? actions : statement.path("Resource").asText().equals("*") ? global : new TreeSet<>();
                Template.texts(statement.path("Action")).forEach(into::add);
            });
            boolean assumed = role.at("/AssumeRolePolicyDocument/Statement/0/Principal/Service")
                    .asText()
                    .equals("ecs-tasks.amazonaws.com");
            if (!assumed || !actions.equals(PULL) || !global.equals(Set.of("ecr:GetAuthorizationToken"))) {
                found.add(role.id() + " has " + actions + " for its image and " + global);
            }
        }
        return found;
    }

    /** The gateway on both alarms, a provider on that of partial responses. */
    private static List<String> withoutRollback(Template template, WeatherProps props) {
        List<String> found = new ArrayList<>();
        for (Resource service : template.all("AWS::ECS::Service")) {
            JsonNode alarms = service.at("/DeploymentConfiguration/Alarms");
            String names = alarms.path("AlarmNames").toString();
            boolean gateway = service.at("/LoadBalancers").size() > 0;
            if (!alarms.path("Enable").asBoolean()
                    || !alarms.path("Rollback").asBoolean()
                    || !names.contains("MonitoringPartialResponses")
                    || gateway != names.contains("MonitoringGatewayErrors")) {
                found.add(service.id());
            }
        }
        return found;
    }

    private static List<String> withoutLogs(Template template, WeatherProps props) {
        List<String> found = new ArrayList<>();
        for (Resource task : template.all("AWS::ECS::TaskDefinition")) {
            String logs = target(task.at("/ContainerDefinitions/0/LogConfiguration/Options/awslogs-group"));
            boolean may = template.statementsOf(target(task.at("/ExecutionRoleArn"))).stream()
                    .anyMatch(statement -> Template.texts(statement.path("Action"))
                                    .containsAll(List.of("logs:CreateLogStream", "logs:PutLogEvents"))
                            && target(statement.path("Resource")).equals(logs));
            if (!may || !template.byId(logs).type().equals("AWS::Logs::LogGroup")) {
                found.add(task.id());
            }
        }
        return found;
    }

    private static List<String> tooEarly(Template template, WeatherProps props) {
        String awaited = template.one("AWS::ECS::Service", "Gateway")
                .json()
                .path("DependsOn")
                .toString();
        return template.all("AWS::ECS::Service").stream()
                .map(Resource::id)
                .filter(id -> !id.startsWith("Gateway") && !awaited.contains("\"" + id + "\""))
                .toList();
    }

    /** All tasks that scaling can start count, because all may leave by one address. */
    private static List<String> wrongShares(Template template, WeatherProps props) {
        if (!props.sources().isLive()) {
            return List.of();
        }
        int most = props.services().maxProviderTasks();
        Map<String, String> expected = Map.of(
                "WEATHER_SOURCES", props.sources().order(),
                "WEATHER_CONTACT", props.sources().contact().orElse(""),
                "WEATHER_TASKS_PER_ADDRESS", Integer.toString(most));
        return template.all("AWS::ECS::TaskDefinition").stream()
                .filter(task -> !task.id().startsWith("Gateway"))
                .filter(task -> !environment(task.at("/ContainerDefinitions/0"))
                        .entrySet()
                        .containsAll(expected.entrySet()))
                .map(Resource::id)
                .toList();
    }

    private static List<String> serviceWithoutTwoTasks(Template template, WeatherProps props) {
        List<Resource> scaled = template.all("AWS::ApplicationAutoScaling::ScalableTarget");
        return template.all("AWS::ECS::Service").stream()
                .map(Resource::id)
                .filter(id -> scaled.stream()
                        .noneMatch(target -> target.at("/ResourceId").toString().contains("\"" + id + "\"")
                                && target.at("/MinCapacity").asInt() >= 2
                                && target.at("/MaxCapacity").asInt()
                                        == (id.startsWith("Gateway")
                                                ? props.services().gateway().maxTasks()
                                                : props.services().provider().maxTasks())))
                .toList();
    }

    private static List<String> misregistered(Template template, WeatherProps props) {
        Set<String> expected = new TreeSet<>(Services.PROVIDERS);
        expected.add(GatewayNames.SERVICE);
        List<String> found = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (Resource service : template.all("AWS::ECS::Service")) {
            Resource registry = template.byId(target(service.at("/ServiceRegistries/0/RegistryArn")));
            Resource namespace = template.byId(target(registry.at("/DnsConfig/NamespaceId")));
            String name = registry.at("/Name").asText();
            names.add(name);
            boolean container = taskOf(template, service)
                    .at("/ContainerDefinitions/0/Name")
                    .asText()
                    .equals(name);
            if (!container || !namespace.at("/Name").asText().equals(MeshNames.NAMESPACE)) {
                found.add(service.id());
            }
        }
        if (!names.equals(expected)) {
            found.add("registered are " + names);
        }
        return found;
    }

    private static List<String> wrongRecords(Template template, WeatherProps props) {
        Duration ttl = props.services().timings().dnsTtl();
        return template.all("AWS::ServiceDiscovery::Service").stream()
                .filter(service -> service.at("/DnsConfig/DnsRecords").size() != 1
                        || !service.at("/DnsConfig/DnsRecords/0/Type").asText().equals("A")
                        || service.at("/DnsConfig/DnsRecords/0/TTL").asInt() != ttl.toSeconds()
                        || !service.at("/DnsConfig/RoutingPolicy").asText().equals("MULTIVALUE")
                        || service.at("/HealthCheckCustomConfig").isMissingNode())
                .map(Resource::id)
                .toList();
    }

    private static List<String> wrongNegativeTtl(Template template, WeatherProps props) {
        return template.all("AWS::ServiceDiscovery::PrivateDnsNamespace").stream()
                .filter(zone -> zone.at("/Properties/DnsProperties/SOA/TTL").asInt(-1)
                        != props.services().timings().negativeTtl().toSeconds())
                .map(Resource::id)
                .toList();
    }
}
