package io.weathermesh.cdk;

import static io.weathermesh.cdk.TaskInvariants.each;
import static io.weathermesh.cdk.Template.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.weathermesh.cdk.Template.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Scaling, rule groups of the firewall, flow logs, buckets, and the VPC that all of it is in. */
final class OperationInvariants {
    private static final Set<String> RULE_GROUPS = Set.of(
            "AWSManagedRulesAmazonIpReputationList",
            "AWSManagedRulesKnownBadInputsRuleSet",
            "AWSManagedRulesCommonRuleSet");

    static final List<Invariant> ALL = List.of(
            new Invariant("everyServiceScalesOnItsLoad", OperationInvariants::unscaled),
            new Invariant("theFirewallHasTheRuleGroupsOfAws", OperationInvariants::withoutRules),
            new Invariant("everythingIsInTheVpcOfTheTasks", OperationInvariants::elsewhere),
            new Invariant("rejectedFlowsOfTheVpcAreLogged", OperationInvariants::unlogged),
            each("AWS::S3::Bucket", "bucketsArePrivateAndEncrypted", (bucket, props) -> isPrivate(bucket)));

    private OperationInvariants() {}

    private static List<String> unscaled(Template template, WeatherProps props) {
        List<String> found = new ArrayList<>();
        for (Resource scaled : template.all("AWS::ApplicationAutoScaling::ScalableTarget")) {
            Set<String> goals = template.all("AWS::ApplicationAutoScaling::ScalingPolicy").stream()
                    .filter(policy -> target(policy.at("/ScalingTargetId")).equals(scaled.id())
                            && policy.at("/PolicyType").asText().equals("TargetTrackingScaling"))
                    .map(policy -> policy.at("/TargetTrackingScalingPolicyConfiguration"))
                    .map(goal -> goal.at("/PredefinedMetricSpecification/PredefinedMetricType")
                                    .asText()
                            + " " + goal.path("TargetValue").asInt())
                    .collect(Collectors.toSet());
            Set<String> needed = scaled.id().startsWith("Gateway")
                    ? Set.of("ECSServiceAverageCPUUtilization 50", "ALBRequestCountPerTarget 6000")
                    : Set.of("ECSServiceAverageCPUUtilization 50");
            if (!goals.equals(needed)
                    || !scaled.at("/ServiceNamespace").asText().equals("ecs")
                    || !scaled.at("/ScalableDimension").asText().equals("ecs:service:DesiredCount")) {
                found.add(scaled.id() + " follows " + goals);
            }
        }
        return found;
    }

    private static List<String> withoutRules(Template template, WeatherProps props) {
        JsonNode rules = template.one("AWS::WAFv2::WebACL", "Edge").at("/Rules");
        Set<String> groups = Template.all(rules)
                .filter(rule -> rule.at("/OverrideAction/None").isObject()
                        && rule.at("/Statement/ManagedRuleGroupStatement/VendorName")
                                .asText()
                                .equals("AWS"))
                .map(rule ->
                        rule.at("/Statement/ManagedRuleGroupStatement/Name").asText())
                .collect(Collectors.toSet());
        long priorities = Template.all(rules)
                .map(rule -> rule.path("Priority").asInt(-1))
                .filter(priority -> priority >= 0)
                .distinct()
                .count();
        return groups.equals(RULE_GROUPS) && priorities == rules.size()
                ? List.of()
                : List.of("the groups are " + groups);
    }

    private static List<String> elsewhere(Template template, WeatherProps props) {
        String vpc = template.one("AWS::EC2::VPC", "Network").id();
        return Stream.of(
                        "AWS::EC2::Subnet",
                        "AWS::EC2::RouteTable",
                        "AWS::EC2::SecurityGroup",
                        "AWS::EC2::VPCEndpoint",
                        "AWS::EC2::VPCGatewayAttachment",
                        "AWS::ElasticLoadBalancingV2::TargetGroup")
                .flatMap(type -> template.all(type).stream())
                .filter(resource -> !target(resource.at("/VpcId")).equals(vpc))
                .map(Resource::id)
                .toList();
    }

    private static List<String> unlogged(Template template, WeatherProps props) {
        boolean logged = template.all("AWS::EC2::FlowLog").stream()
                .anyMatch(flow ->
                        template.byId(target(flow.at("/ResourceId"))).type().equals("AWS::EC2::VPC")
                                && flow.at("/ResourceType").asText().equals("VPC")
                                && flow.at("/TrafficType").asText().equals("REJECT")
                                && template.byId(target(flow.at("/LogGroupName")))
                                        .type()
                                        .equals("AWS::Logs::LogGroup")
                                && template.statementsOf(target(flow.at("/DeliverLogsPermissionArn"))).stream()
                                        .anyMatch(statement -> Template.texts(statement.path("Action"))
                                                        .contains("logs:PutLogEvents")
                                                && target(statement.path("Resource"))
                                                        .equals(target(flow.at("/LogGroupName")))));
        return logged ? List.of() : List.of("rejected flows are not logged");
    }

    private static boolean isPrivate(Resource bucket) {
        JsonNode access = bucket.at("/PublicAccessBlockConfiguration");
        return access.path("BlockPublicAcls").asBoolean()
                && access.path("BlockPublicPolicy").asBoolean()
                && access.path("IgnorePublicAcls").asBoolean()
                && access.path("RestrictPublicBuckets").asBoolean()
                && bucket.at(
                                "/BucketEncryption/ServerSideEncryptionConfiguration/0/ServerSideEncryptionByDefault/SSEAlgorithm")
                        .asText()
                        .equals("AES256");
    }
}
