package io.weathermesh.cdk;

import static io.weathermesh.cdk.TaskInvariants.each;
import static io.weathermesh.cdk.Template.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.weathermesh.cdk.Template.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Subnets, security groups, routes and permissions. */
final class NetworkInvariants {
    static final List<Invariant> ALL = List.of(
            new Invariant("noZoneDependsOnAnother", NetworkInvariants::sharedZones),
            new Invariant("subnetsAreInZonesThatRunFargate", NetworkInvariants::wrongZones),
            new Invariant("noActionIsAWildcard", NetworkInvariants::wildcards),
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
