package io.weathermesh.cdk;

import static io.weathermesh.cdk.Template.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.weathermesh.cdk.Template.Resource;
import io.weathermesh.mesh.MeshNames;
import java.util.ArrayList;
import java.util.List;

/** Cloud Map's API: without the setting no task may call it; with it the gateway may, can, and does. */
final class DiscoveryInvariants {
    private static final String GATEWAY = "Gateway";

    static final List<Invariant> ALL = List.of(
            new Invariant("discoveryIsTheOnlyPermissionOfTasks", DiscoveryInvariants::otherRights),
            new Invariant("theGatewayCallsCloudMapWhereItMay", DiscoveryInvariants::withoutCalls),
            new Invariant("cloudMapHasAnEndpointWhereItIsNeeded", DiscoveryInvariants::wrongEndpoints));

    private DiscoveryInvariants() {}

    private static List<String> otherRights(Template template, WeatherProps props) {
        List<String> found = new ArrayList<>();
        for (Resource task : template.all("AWS::ECS::TaskDefinition")) {
            Resource role = template.byId(target(task.at("/TaskRoleArn")));
            List<JsonNode> rights = template.statementsOf(role.id());
            boolean discovers = props.services().cloudMapApi() && task.id().startsWith(GATEWAY);
            boolean right = discovers ? rights.size() == 1 && isDiscovery(rights.get(0)) : rights.isEmpty();
            if (!right
                    || role.at("/ManagedPolicyArns").size() > 0
                    || role.at("/Policies").size() > 0) {
                found.add(role.id() + " has " + rights);
            }
        }
        return found;
    }

    private static boolean isDiscovery(JsonNode statement) {
        return statement.path("Effect").asText().equals("Allow")
                && statement.path("Action").asText().equals("servicediscovery:DiscoverInstances")
                && statement
                        .at("/Condition/StringEquals/servicediscovery:NamespaceName")
                        .asText()
                        .equals(MeshNames.NAMESPACE);
    }

    private static List<String> withoutCalls(Template template, WeatherProps props) {
        JsonNode container = template.one("AWS::ECS::TaskDefinition", GATEWAY).at("/ContainerDefinitions/0");
        String setting = TaskInvariants.environment(container).getOrDefault("MESH_CLOUD_MAP_API", "unset");
        return setting.equals(props.services().cloudMapApi() ? "on" : "off")
                ? List.of()
                : List.of("the gateway has it " + setting);
    }

    private static List<String> wrongEndpoints(Template template, WeatherProps props) {
        List<Resource> endpoints = template.all("AWS::EC2::VPCEndpoint").stream()
                .filter(endpoint -> endpoint.at("/ServiceName").toString().contains("data-servicediscovery"))
                .toList();
        int expected =
                props.services().cloudMapApi() && props.placement().egress() == Placement.Egress.ENDPOINTS ? 1 : 0;
        return endpoints.size() == expected ? List.of() : List.of(endpoints.size() + " endpoints of Cloud Map");
    }
}
