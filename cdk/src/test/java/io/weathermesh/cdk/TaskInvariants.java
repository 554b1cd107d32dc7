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

/** What holds for tasks, for their registration and for how they are replaced. */
final class TaskInvariants {
    static final List<Invariant> ALL = List.of(
            containers("rootFileSystemsAreReadOnly", (container, props) -> container
                    .path("ReadonlyRootFilesystem")
                    .asBoolean()),
            containers(
                    "nobodyRunsAsRoot",
                    (container, props) -> container.path("User").asText().matches("[1-9]\\d*:[1-9]\\d*")
                            && !container.path("Privileged").asBoolean()),
            containers(
                    "ecsKillsNoTaskThatStillLeaves",
                    (container, props) -> container.path("StopTimeout").asInt()
                            == props.timings().stopTimeout().toSeconds()),
            containers("tasksRunWithTheTimingsOfTheStack", (container, props) -> environment(container)
                    .entrySet()
                    .containsAll(props.timings().toEnvironment().entrySet())),
            containers(
                    "tasksListenWhereTheStackOpensPorts",
                    (container, props) -> environment(container)
                                    .getOrDefault("MESH_GRPC_PORT", "")
                                    .equals("" + MeshNames.GRPC_PORT)
                            && ports(container).contains(MeshNames.GRPC_PORT)),
            containers("tasksDialOnlyInsideTheVpc", (container, props) -> environment(container)
                    .getOrDefault("MESH_ALLOWED_CIDR", "")
                    .equals("10.0.0.0/16")),
            containers(
                    "healthChecksNeedNoShell",
                    (container, props) ->
                            container.at("/HealthCheck/Command/0").asText().equals("CMD")
                                    && container.at("/HealthCheck/Interval").asInt() >= 10
                                    && container.at("/HealthCheck/StartPeriod").asInt() >= 60),
            containers("logsNeverHoldUpACall", (container, props) -> container
                    .at("/LogConfiguration/Options/mode")
                    .asText()
                    .equals("non-blocking")),
            tasks(
                    "tasksRunOnWhatTheImagesAreFor",
                    (task, props) -> task.at("/RuntimePlatform/CpuArchitecture")
                                    .asText()
                                    .equals(props.architecture().name())
                            && task.at("/NetworkMode").asText().equals("awsvpc")),
            services("tasksHaveNoPublicAddress", (service, props) -> service.at(
                            "/NetworkConfiguration/AwsvpcConfiguration/AssignPublicIp")
                    .asText()
                    .equals("DISABLED")),
            services("nobodyOpensAShellInATask", (service, props) -> !service.at("/EnableExecuteCommand")
                    .asBoolean(true)),
            services("aDeployNeverHasTooFewTasksAndTakesItselfBack", (service, props) -> {
                JsonNode deployment = service.at("/DeploymentConfiguration");
                return deployment.path("MinimumHealthyPercent").asInt() >= 100
                        && deployment.path("MaximumPercent").asInt() >= 150
                        && deployment.at("/DeploymentCircuitBreaker/Enable").asBoolean()
                        && deployment.at("/DeploymentCircuitBreaker/Rollback").asBoolean();
            }),
            services("aDeployDoesNotUndoScaling", (service, props) -> service.at("/DesiredCount")
                    .isMissingNode()),
            new Invariant("theGatewayStartsAfterItsProviders", TaskInvariants::tooEarly),
            new Invariant("providersShareTheQuotasOfSourcesAndSayWhoAsks", TaskInvariants::greedy),
            new Invariant("everyServiceKeepsTwoTasks", TaskInvariants::serviceWithoutTwoTasks),
            new Invariant("everyServiceIsInCloudMapUnderItsName", TaskInvariants::misregistered),
            new Invariant("recordsAreMultivalueWithTheTtlOfTheStack", TaskInvariants::wrongRecords),
            new Invariant("missingNamesAreForgottenSoon", TaskInvariants::wrongNegativeTtl));

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

    /** All tasks that scaling may start count, since all may leave through one address. */
    private static List<String> greedy(Template template, WeatherProps props) {
        if (!props.sources().isLive()) {
            return List.of();
        }
        int most = WeatherStack.PROVIDERS.size() * props.provider().maxTasks();
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
                                && target.at("/MinCapacity").asInt() >= 2))
                .toList();
    }

    private static List<String> misregistered(Template template, WeatherProps props) {
        Set<String> expected = new TreeSet<>(WeatherStack.PROVIDERS);
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
        Duration ttl = props.timings().dnsTtl();
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
                        != props.timings().negativeTtl().toSeconds())
                .map(Resource::id)
                .toList();
    }
}
