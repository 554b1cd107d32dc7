package io.weathermesh.cdk;

import static io.weathermesh.cdk.TaskInvariants.each;
import static io.weathermesh.cdk.Template.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.weathermesh.cdk.Template.Resource;
import io.weathermesh.cdk.Template.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The order in which CloudFormation creates a stack, and what a deletion or a rollback leaves. */
final class DeploymentInvariants {
    private static final String AUTO_DELETE = "aws-cdk:auto-delete-objects";

    /** The types that a task needs as a whole, whichever of them exist: the way to ECR, S3 and CloudWatch Logs. */
    private static final List<String> WAY_OUT = List.of(
            "AWS::EC2::VPCEndpoint",
            "AWS::EC2::NatGateway",
            "AWS::EC2::Route",
            "AWS::EC2::SubnetRouteTableAssociation",
            "AWS::EC2::VPCGatewayAttachment");

    static final List<Invariant> ALL = List.of(
            new Invariant("servicesWaitForAllThatTheirTasksNeed", DeploymentInvariants::tooEarly),
            new Invariant("aFailedCreationLeavesNothingBehind", DeploymentInvariants::leftByRollback),
            new Invariant("aFailedCreationCanDeleteItsBuckets", DeploymentInvariants::undeletable),
            new Invariant("anUnprotectedStackLeavesNothing", DeploymentInvariants::leftByDeletion),
            new Invariant("aProtectedStackKeepsItsLogs", DeploymentInvariants::lost),
            each(
                    "AWS::ElasticLoadBalancingV2::LoadBalancer",
                    "onlyAProtectedStackRefusesToBeDeleted",
                    (balancer, props) -> balancer.attribute("/LoadBalancerAttributes", "deletion_protection.enabled")
                            .equals("" + props.operations().protectedFromDeletion())));

    private DeploymentInvariants() {}

    private static List<String> tooEarly(Template template, WeatherProps props) {
        List<String> found = new ArrayList<>();
        for (Resource service : template.all("AWS::ECS::Service")) {
            Set<String> missing = needed(template, service);
            missing.removeAll(References.closure(template, service.id()));
            missing.forEach(id -> found.add(service.id() + " does not wait for " + id));
        }
        return found;
    }

    /** The ids of the resources without which a task of the service does not start, or is replaced as unhealthy. */
    static Set<String> needed(Template template, Resource service) {
        Set<String> ids = new TreeSet<>();
        WAY_OUT.forEach(type -> template.all(type).forEach(resource -> ids.add(resource.id())));
        rulesOf(template, NetworkInvariants.groupOf(service)).forEach(ids::add);
        Resource task = TaskInvariants.taskOf(template, service);
        Stream.of("/ExecutionRoleArn", "/TaskRoleArn")
                .map(role -> target(task.at(role)))
                .flatMap(role -> template.all("AWS::IAM::Policy").stream()
                        .filter(policy -> policy.at("/Roles").toString().contains("\"" + role + "\"")))
                .forEach(policy -> ids.add(policy.id()));
        if (service.at("/LoadBalancers").size() > 0) {
            template.all("AWS::ElasticLoadBalancingV2::Listener").forEach(listener -> ids.add(listener.id()));
        }
        return ids;
    }

    /** A group's own rules, the rules by which others admit it, and those by which the load balancer reaches it. */
    private static Stream<String> rulesOf(Template template, String group) {
        Set<String> balancers = new TreeSet<>();
        template.all("AWS::ElasticLoadBalancingV2::LoadBalancer")
                .forEach(balancer -> balancers.add(target(balancer.at("/SecurityGroups/0"))));
        Stream<Rule> admitting = template.ingress().stream()
                .filter(rule -> rule.group().equals(group) || rule.who().equals(group));
        Stream<Rule> leading = template.egress().stream()
                .filter(rule ->
                        rule.group().equals(group) || rule.who().equals(group) && balancers.contains(rule.group()));
        return Stream.concat(admitting, leading).map(Rule::id);
    }

    private static List<String> leftByRollback(Template template, WeatherProps props) {
        return having(template, Set.of("Retain", "Snapshot"));
    }

    private static List<String> leftByDeletion(Template template, WeatherProps props) {
        return props.operations().protectedFromDeletion()
                ? List.of()
                : having(template, Set.of("Retain", "RetainExceptOnCreate", "Snapshot"));
    }

    private static List<String> having(Template template, Set<String> policies) {
        return template.all()
                .filter(resource ->
                        policies.contains(resource.json().path("DeletionPolicy").asText()))
                .map(Resource::id)
                .toList();
    }

    /** A load balancer writes to its bucket as soon as it may, and CloudFormation deletes empty buckets only. */
    private static List<String> undeletable(Template template, WeatherProps props) {
        return template.all("AWS::S3::Bucket").stream()
                .filter(bucket -> tagged(bucket) == props.operations().protectedFromDeletion()
                        || template.all("Custom::S3AutoDeleteObjects").stream()
                                .noneMatch(emptier ->
                                        target(emptier.at("/BucketName")).equals(bucket.id())))
                .map(Resource::id)
                .toList();
    }

    private static boolean tagged(Resource bucket) {
        for (JsonNode tag : bucket.at("/Tags")) {
            if (tag.path("Key").asText().equals(AUTO_DELETE)) {
                return tag.path("Value").asText().equals("true");
            }
        }
        return false;
    }

    private static List<String> lost(Template template, WeatherProps props) {
        if (!props.operations().protectedFromDeletion()) {
            return List.of();
        }
        Set<String> ofFunctions = new TreeSet<>();
        template.all("AWS::Lambda::Function")
                .forEach(function -> ofFunctions.add(target(function.at("/LoggingConfig/LogGroup"))));
        return Stream.of("AWS::Logs::LogGroup", "AWS::S3::Bucket")
                .flatMap(type -> template.all(type).stream())
                .filter(logs -> !ofFunctions.contains(logs.id()))
                .filter(logs -> !logs.json().path("DeletionPolicy").asText().equals("RetainExceptOnCreate")
                        || !logs.json().path("UpdateReplacePolicy").asText().equals("Retain"))
                .map(Resource::id)
                .toList();
    }
}
