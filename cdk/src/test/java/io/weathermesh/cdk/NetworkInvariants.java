package io.weathermesh.cdk;

import static io.weathermesh.cdk.TaskInvariants.each;
import static io.weathermesh.cdk.Template.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.weathermesh.cdk.Template.Resource;
import io.weathermesh.cdk.Template.Rule;
import io.weathermesh.mesh.MeshNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Subnets, security groups, routes and permissions. */
final class NetworkInvariants {
    static final List<Invariant> ALL = List.of(
            new Invariant("tasksAreInPrivateSubnets", NetworkInvariants::publicTasks),
            new Invariant("onlyTheLoadBalancerIsOpenToTheInternet", NetworkInvariants::openToTheWorld),
            new Invariant("servicesAdmitOnlyTheirCallers", NetworkInvariants::strangers),
            new Invariant("endpointsAdmitTheTasks", NetworkInvariants::closedEndpoints),
            new Invariant("tasksReachTheLayersOfTheirImages", NetworkInvariants::withoutImages),
            new Invariant("noZoneDependsOnAnother", NetworkInvariants::sharedZones),
            new Invariant("subnetsAreInZonesThatRunFargate", NetworkInvariants::wrongZones),
            new Invariant("noActionIsAWildcard", NetworkInvariants::wildcards),
            new Invariant(
                    "rejectedFlowsAreLogged",
                    (template, props) ->
                            template.all("AWS::EC2::FlowLog").isEmpty() ? List.of("no flow log") : List.of()),
            each(
                    "AWS::Logs::LogGroup",
                    "logsExpire",
                    (group, props) -> group.at("/RetentionInDays").asInt()
                            == props.operations().logDays()),
            new Invariant("functionsLeaveNoLogsBehind", NetworkInvariants::ownLogs));

    private NetworkInvariants() {}

    static String groupOf(Resource service) {
        return target(service.at("/NetworkConfiguration/AwsvpcConfiguration/SecurityGroups/0"));
    }

    private static List<String> publicTasks(Template template, WeatherProps props) {
        Set<String> publicTables = template.all("AWS::EC2::Route").stream()
                .filter(route -> !route.at("/GatewayId").isMissingNode())
                .map(route -> target(route.at("/RouteTableId")))
                .collect(Collectors.toSet());
        Set<String> publicSubnets = template.all("AWS::EC2::SubnetRouteTableAssociation").stream()
                .filter(association -> publicTables.contains(target(association.at("/RouteTableId"))))
                .map(association -> target(association.at("/SubnetId")))
                .collect(Collectors.toSet());
        List<String> found = new ArrayList<>();
        for (Resource service : template.all("AWS::ECS::Service")) {
            for (JsonNode subnet : service.at("/NetworkConfiguration/AwsvpcConfiguration/Subnets")) {
                if (publicSubnets.contains(target(subnet))) {
                    found.add(service.id());
                }
            }
        }
        return found;
    }

    private static List<String> openToTheWorld(Template template, WeatherProps props) {
        Set<Integer> ports = props.access() instanceof PublicAccess.PlainHttp ? Set.of(80) : Set.of(80, 443);
        Set<String> edges = template.all("AWS::ElasticLoadBalancingV2::LoadBalancer").stream()
                .map(balancer -> target(balancer.at("/SecurityGroups/0")))
                .collect(Collectors.toSet());
        return template.ingress().stream()
                .filter(rule -> rule.who().contains("/") || rule.who().contains(":"))
                .filter(rule ->
                        !edges.contains(rule.group()) || rule.from() != rule.to() || !ports.contains(rule.from()))
                .map(Rule::toString)
                .toList();
    }

    private static List<String> strangers(Template template, WeatherProps props) {
        String gateway = groupOf(template.one("AWS::ECS::Service", "Gateway"));
        String edge = target(
                template.all("AWS::ElasticLoadBalancingV2::LoadBalancer").get(0).at("/SecurityGroups/0"));
        String clients = template.one("AWS::EC2::SecurityGroup", "MeshClients").id();
        List<String> found = new ArrayList<>();
        for (Resource service : template.all("AWS::ECS::Service")) {
            String group = groupOf(service);
            String caller = group.equals(gateway) ? edge : gateway;
            int port = group.equals(gateway) ? GatewayNames.HTTP_PORT : MeshNames.GRPC_PORT;
            List<Rule> rules = template.ingress().stream()
                    .filter(rule -> rule.group().equals(group))
                    .toList();
            boolean callers = rules.stream().anyMatch(rule -> rule.is(caller, port))
                    && rules.stream().anyMatch(rule -> rule.is(clients, MeshNames.GRPC_PORT));
            if (!callers || rules.size() != 2) {
                found.add(service.id() + " admits " + rules);
            }
        }
        return found;
    }

    private static List<String> closedEndpoints(Template template, WeatherProps props) {
        List<String> found = new ArrayList<>();
        for (Resource endpoint : template.all("AWS::EC2::VPCEndpoint")) {
            boolean ofAll = !endpoint.at("/ServiceName").toString().contains("data-servicediscovery");
            if (ofAll && endpoint.at("/VpcEndpointType").asText().equals("Interface")) {
                String group = target(endpoint.at("/SecurityGroupIds/0"));
                template.all("AWS::ECS::Service").stream()
                        .map(NetworkInvariants::groupOf)
                        .filter(caller -> template.ingress().stream()
                                .noneMatch(rule -> rule.group().equals(group) && rule.is(caller, 443)))
                        .forEach(caller -> found.add(endpoint.id() + " refuses " + caller));
            }
        }
        return found;
    }

    private static List<String> withoutImages(Template template, WeatherProps props) {
        boolean layers = template.all("AWS::EC2::VPCEndpoint").stream()
                .anyMatch(endpoint -> endpoint.at("/ServiceName").toString().contains(".s3"));
        List<String> found = new ArrayList<>(layers ? List.of() : List.of("no gateway endpoint for S3"));
        template.all("AWS::ECS::Service").stream()
                .map(NetworkInvariants::groupOf)
                .filter(group -> template.egress().stream()
                        .noneMatch(rule -> rule.group().equals(group) && rule.is("0.0.0.0/0", 443)))
                .forEach(found::add);
        return found;
    }

    private static List<String> sharedZones(Template template, WeatherProps props) {
        int nat = template.all("AWS::EC2::NatGateway").size();
        int expected = props.placement().egress() == Placement.Egress.NAT
                ? props.placement().zones()
                : 0;
        List<String> found = new ArrayList<>(nat == expected ? List.of() : List.of(nat + " NAT gateways"));
        for (Resource service : template.all("AWS::ECS::Service")) {
            int subnets = service.at("/NetworkConfiguration/AwsvpcConfiguration/Subnets")
                    .size();
            if (subnets != props.placement().zones()) {
                found.add(service.id() + " is in " + subnets + " subnets");
            }
        }
        return found;
    }

    /** By id where AWS lists the zones that run Fargate: which letters those have is a matter of the account. */
    private static List<String> wrongZones(Template template, WeatherProps props) {
        List<String> ids = props.placement().zoneIds();
        List<String> found = new ArrayList<>();
        Map<String, Set<String>> zones = new TreeMap<>();
        for (Resource subnet : template.all("AWS::EC2::Subnet")) {
            String id = subnet.at("/AvailabilityZoneId").asText();
            boolean byName = !subnet.at("/AvailabilityZone").isMissingNode();
            if (ids.isEmpty() != byName || !ids.isEmpty() && !ids.contains(id)) {
                found.add(subnet.id());
            }
            String kind = subnet.at("/CidrBlock").asText().replaceAll(".*/", "/");
            zones.computeIfAbsent(kind, unused -> new TreeSet<>())
                    .add(byName ? subnet.at("/AvailabilityZone").toString() : id);
        }
        zones.forEach((kind, used) -> {
            if (used.size() != props.placement().zones()) {
                found.add("subnets of " + kind + " are in " + used);
            }
        });
        return found;
    }

    private static List<String> wildcards(Template template, WeatherProps props) {
        List<String> found = new ArrayList<>();
        for (Resource policy : template.all().toList()) {
            for (JsonNode statement : policy.at("/PolicyDocument/Statement")) {
                boolean wild = statement.path("Action").toString().contains("*");
                if (wild && statement.path("Effect").asText().equals("Allow") && !deletesItsLogs(policy)) {
                    found.add(policy.id());
                }
            }
        }
        return found;
    }

    /** The one grant that the library writes as {@code s3:List*}: emptying the access logs' bucket at the end. */
    private static boolean deletesItsLogs(Resource policy) {
        return policy.type().equals("AWS::S3::BucketPolicy")
                && policy.at("/PolicyDocument").toString().contains("CustomS3AutoDeleteObjects");
    }

    /** A function with the permission creates a log group that no stack deletes. */
    private static List<String> ownLogs(Template template, WeatherProps props) {
        List<String> found = new ArrayList<>();
        for (Resource function : template.all("AWS::Lambda::Function")) {
            Resource logs = template.byId(target(function.at("/LoggingConfig/LogGroup")));
            Resource role = template.byId(target(function.at("/Role")));
            if (!logs.type().equals("AWS::Logs::LogGroup")
                    || role.at("/ManagedPolicyArns").size() > 0
                    || role.at("/Policies").toString().contains("CreateLogGroup")) {
                found.add(function.id());
            }
        }
        return found;
    }
}
