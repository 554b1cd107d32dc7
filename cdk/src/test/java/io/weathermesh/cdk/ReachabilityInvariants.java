package io.weathermesh.cdk;

import static io.weathermesh.cdk.TaskInvariants.each;
import static io.weathermesh.cdk.Template.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.weathermesh.cdk.Placement.Egress;
import io.weathermesh.cdk.Template.Resource;
import io.weathermesh.cdk.Template.Rule;
import io.weathermesh.mesh.MeshNames;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who reaches whom, from the template alone: security groups at both ends, routes, endpoints and private DNS. */
final class ReachabilityInvariants {
    private static final String INTERNET = "0.0.0.0/0";
    private static final String SERVICE = "AWS::ECS::Service";
    private static final String BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer";
    private static final String ENDPOINT = "AWS::EC2::VPCEndpoint";
    private static final int HTTPS = 443;

    /** A connection that must be possible: from a group or the internet, to a group or the internet. */
    private record Flow(String from, String to, int port) {}

    static final List<Invariant> ALL = List.of(
            new Invariant("eachFlowIsOpenAtBothEnds", ReachabilityInvariants::closed),
            new Invariant("noOtherFlowIsOpen", ReachabilityInvariants::open),
            new Invariant("tasksHaveTheRoutesOfTheirEgress", ReachabilityInvariants::wrongRoutes),
            new Invariant("theLoadBalancerIsInPublicSubnets", ReachabilityInvariants::hidden),
            new Invariant("endpointsAnswerInPrivateDns", ReachabilityInvariants::unresolved),
            new Invariant("endpointsAllowOnlyWhatTasksNeed", ReachabilityInvariants::wrongPolicies),
            each(
                    "AWS::EC2::VPC",
                    "theVpcResolvesNames",
                    (vpc, props) -> vpc.at("/EnableDnsSupport").asBoolean()
                            && vpc.at("/EnableDnsHostnames").asBoolean()),
            each(
                    "AWS::ServiceDiscovery::PrivateDnsNamespace",
                    "theZoneResolvesInTheVpcOfTheTasks",
                    (zone, props) -> target(zone.at("/Vpc")).startsWith("NetworkVpc")));

    private ReachabilityInvariants() {}

    private static Set<Flow> flows(Template template, WeatherProps props) {
        Set<Flow> flows = new LinkedHashSet<>();
        String balancer = target(template.all(BALANCER).get(0).at("/SecurityGroups/0"));
        String gateway = NetworkInvariants.groupOf(template.one(SERVICE, "Gateway"));
        flows.add(new Flow(INTERNET, balancer, 80));
        if (!(props.access() instanceof PublicAccess.PlainHttp)) {
            flows.add(new Flow(INTERNET, balancer, HTTPS));
        }
        flows.add(new Flow(balancer, gateway, GatewayNames.HTTP_PORT));
        for (Resource service : template.all(SERVICE)) {
            String group = NetworkInvariants.groupOf(service);
            if (!group.equals(gateway)) {
                flows.add(new Flow(gateway, group, MeshNames.GRPC_PORT));
            }
            flows.add(new Flow(idOf(template, "MeshClients"), group, MeshNames.GRPC_PORT));
            if (props.operations().operatorAccess()) {
                flows.add(new Flow(idOf(template, "MeshOperators"), group, MeshNames.ADMIN_PORT));
            }
            flows.add(new Flow(group, INTERNET, HTTPS));
            interfaces(template)
                    .filter(endpoint -> !isCloudMap(endpoint) || group.equals(gateway))
                    .forEach(endpoint -> flows.add(new Flow(group, target(endpoint.at("/SecurityGroupIds/0")), HTTPS)));
        }
        return flows;
    }

    /** A rule to the internet covers the endpoints too. */
    private static List<String> closed(Template template, WeatherProps props) {
        List<Rule> ingress = template.ingress();
        List<Rule> egress = template.egress();
        return flows(template, props).stream()
                .filter(flow -> !flow.to().equals(INTERNET)
                                && ingress.stream()
                                        .noneMatch(rule ->
                                                rule.group().equals(flow.to()) && rule.is(flow.from(), flow.port()))
                        || !flow.from().equals(INTERNET)
                                && egress.stream()
                                        .noneMatch(rule -> rule.group().equals(flow.from())
                                                && (rule.is(flow.to(), flow.port()) || rule.is(INTERNET, flow.port()))))
                .map(Flow::toString)
                .toList();
    }

    private static List<String> open(Template template, WeatherProps props) {
        Set<Flow> flows = flows(template, props);
        Stream<Rule> ingress = template.ingress().stream()
                .filter(rule -> !flows.contains(new Flow(rule.who(), rule.group(), rule.from())) || !rule.isOnePort());
        // The library's way to say that a group has no rule at all.
        Stream<Rule> egress = template.egress().stream()
                .filter(rule -> !rule.who().equals("255.255.255.255/32"))
                .filter(rule -> !flows.contains(new Flow(rule.group(), rule.who(), rule.from())) || !rule.isOnePort());
        return Stream.concat(ingress, egress).map(Rule::toString).toList();
    }

    private static List<String> wrongRoutes(Template template, WeatherProps props) {
        List<String> found = new ArrayList<>();
        List<Resource> layers = template.all(ENDPOINT).stream()
                .filter(endpoint -> endpoint.at("/ServiceName").toString().contains(".s3"))
                .toList();
        for (String subnet : taskSubnets(template)) {
            Set<String> tables = tablesOf(template, subnet);
            boolean toLayers = layers.stream()
                    .flatMap(endpoint -> Template.all(endpoint.at("/RouteTableIds")))
                    .anyMatch(table -> tables.contains(target(table)));
            List<Resource> out = template.all("AWS::EC2::Route").stream()
                    .filter(route -> tables.contains(target(route.at("/RouteTableId"))))
                    .toList();
            boolean right = props.placement().egress() == Egress.NAT
                    ? out.size() == 1 && leadsToItsZone(template, subnet, out.get(0))
                    : out.isEmpty();
            if (tables.size() != 1 || !toLayers || !right) {
                found.add(subnet + " has the routes " + out);
            }
        }
        return found;
    }

    private static boolean leadsToItsZone(Template template, String subnet, Resource route) {
        Resource nat = template.byId(target(route.at("/NatGatewayId")));
        String home = target(nat.at("/SubnetId"));
        return route.at("/DestinationCidrBlock").asText().equals(INTERNET)
                && zoneOf(template, home).equals(zoneOf(template, subnet))
                && isPublic(template, home);
    }

    private static String zoneOf(Template template, String subnet) {
        Resource resource = template.byId(subnet);
        return resource.at("/AvailabilityZone").toString() + resource.at("/AvailabilityZoneId");
    }

    private static List<String> hidden(Template template, WeatherProps props) {
        Resource balancer = template.all(BALANCER).get(0);
        List<String> found = Template.all(balancer.at("/Subnets"))
                .map(Template::target)
                .filter(subnet -> !isPublic(template, subnet))
                .collect(Collectors.toCollection(ArrayList::new));
        if (balancer.at("/Subnets").size() != props.placement().zones()
                || !balancer.at("/Scheme").asText().equals("internet-facing")) {
            found.add(balancer.id());
        }
        return found;
    }

    private static boolean isPublic(Template template, String subnet) {
        Set<String> tables = tablesOf(template, subnet);
        return template.all("AWS::EC2::Route").stream()
                .anyMatch(route -> tables.contains(target(route.at("/RouteTableId")))
                        && route.at("/DestinationCidrBlock").asText().equals(INTERNET)
                        && template.byId(target(route.at("/GatewayId"))).type().equals("AWS::EC2::InternetGateway"));
    }

    private static List<String> unresolved(Template template, WeatherProps props) {
        Set<String> subnets = taskSubnets(template);
        return interfaces(template)
                .filter(endpoint -> !endpoint.at("/PrivateDnsEnabled").asBoolean()
                        || !Template.all(endpoint.at("/SubnetIds"))
                                .map(Template::target)
                                .collect(Collectors.toSet())
                                .equals(subnets))
                .map(Resource::id)
                .toList();
    }

    private static List<String> wrongPolicies(Template template, WeatherProps props) {
        return template.all(ENDPOINT).stream()
                .filter(endpoint -> {
                    List<String> allowed = new ArrayList<>();
                    endpoint.at("/PolicyDocument/Statement").forEach(statement -> {
                        JsonNode resource = statement.path("Resource");
                        Template.texts(statement.path("Action"))
                                .forEach(action ->
                                        allowed.add(action + (resource.asText().equals("*") ? " *" : "")));
                        if (resource.toString().contains("repository/*")
                                || resource.toString().contains(":::*")) {
                            allowed.add("any resource");
                        }
                    });
                    return !Set.copyOf(allowed).equals(neededOf(endpoint));
                })
                .map(endpoint -> endpoint.id() + " allows " + endpoint.at("/PolicyDocument"))
                .toList();
    }

    private static Set<String> neededOf(Resource endpoint) {
        String service = endpoint.at("/ServiceName").toString();
        if (service.contains(".s3")) {
            return Set.of("s3:GetObject");
        }
        if (service.contains(".logs")) {
            return Set.of("logs:CreateLogStream", "logs:PutLogEvents");
        }
        if (isCloudMap(endpoint)) {
            return Set.of("servicediscovery:DiscoverInstances *");
        }
        return Set.of(
                "ecr:GetAuthorizationToken *",
                "ecr:BatchCheckLayerAvailability",
                "ecr:BatchGetImage",
                "ecr:GetDownloadUrlForLayer");
    }

    private static boolean isCloudMap(Resource endpoint) {
        return endpoint.at("/ServiceName").toString().contains("data-servicediscovery");
    }

    private static Stream<Resource> interfaces(Template template) {
        return template.all(ENDPOINT).stream()
                .filter(endpoint -> endpoint.at("/VpcEndpointType").asText().equals("Interface"));
    }

    private static Set<String> taskSubnets(Template template) {
        Set<String> subnets = new TreeSet<>();
        template.all(SERVICE)
                .forEach(service -> Template.all(service.at("/NetworkConfiguration/AwsvpcConfiguration/Subnets"))
                        .forEach(subnet -> subnets.add(target(subnet))));
        return subnets;
    }

    private static Set<String> tablesOf(Template template, String subnet) {
        return template.all("AWS::EC2::SubnetRouteTableAssociation").stream()
                .filter(association -> target(association.at("/SubnetId")).equals(subnet))
                .map(association -> target(association.at("/RouteTableId")))
                .collect(Collectors.toSet());
    }

    private static String idOf(Template template, String group) {
        return template.one("AWS::EC2::SecurityGroup", group).id();
    }
}
