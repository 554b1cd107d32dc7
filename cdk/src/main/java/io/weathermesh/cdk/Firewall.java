package io.weathermesh.cdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationLoadBalancer;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.wafv2.CfnLoggingConfiguration;
import software.amazon.awscdk.services.wafv2.CfnWebACL;
import software.amazon.awscdk.services.wafv2.CfnWebACL.AllowActionProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.BlockActionProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.CountActionProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.CustomHTTPHeaderProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.CustomResponseBodyProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.CustomResponseProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.DefaultActionProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.ManagedRuleGroupStatementProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.OverrideActionProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.RateBasedStatementProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.RuleActionOverrideProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.RuleActionProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.RuleProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.StatementProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.VisibilityConfigProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACLAssociation;
import software.constructs.Construct;

/** The web application firewall: a rate limit for each address, then rule groups that AWS maintains. */
final class Firewall {
    private static final int WINDOW_SECONDS = 60;

    private static final int TOO_MANY_REQUESTS = 429;

    /** Leaves room for a rule's name: a metric name of WAF has 128 characters at most. */
    private static final int MAX_STACK_LETTERS = 80;

    /** The problem that the gateway returns too, as application/json: the firewall offers no other JSON. */
    private static final String BODY = "too-many-requests";

    private static final List<String> MANAGED =
            List.of("AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesKnownBadInputsRuleSet");

    private static final String COMMON = "AWSManagedRulesCommonRuleSet";

    /** Only counted: a batch may be larger than 8 KB, and the gateway limits bodies; scripts often send no User-Agent. */
    private static final List<String> COUNTED = List.of("SizeRestrictions_BODY", "NoUserAgent_HEADER");

    /** WAF takes no other log groups: "Sending web ACL traffic logs to a CloudWatch Logs log group". */
    private static final String LOG_PREFIX = "aws-waf-logs-";

    private final String stack;
    private final int requestsPerMinute;

    private Firewall(String stack, int requestsPerMinute) {
        this.stack = stack;
        this.requestsPerMinute = requestsPerMinute;
    }

    /** Puts a firewall before a load balancer, and logs what it blocks. */
    static void protect(Construct scope, ApplicationLoadBalancer balancer, WeatherProps props) {
        String stack = Stack.of(scope).getStackName();
        CfnWebACL firewall = new Firewall(stack, props.services().requestsPerMinute()).webAcl(scope);
        CfnWebACLAssociation.Builder.create(scope, "FirewallBeforeBalancer")
                .resourceArn(balancer.getLoadBalancerArn())
                .webAclArn(firewall.getAttrArn())
                .build();
        logBlocked(scope, firewall, props.operations());
    }

    /** The name must have a prefix; the end of the stack's id keeps it apart from one that an earlier stack has left. */
    private static void logBlocked(Construct scope, CfnWebACL firewall, Operations operations) {
        LogGroup logs = LogGroup.Builder.create(scope, "FirewallLogs")
                .logGroupName(LOG_PREFIX + Fn.select(2, Fn.split("/", Aws.STACK_ID)))
                .retention(operations.retention())
                .removalPolicy(operations.removalPolicy())
                .build();
        CfnLoggingConfiguration.Builder.create(scope, "FirewallLogging")
                .resourceArn(firewall.getAttrArn())
                .logDestinationConfigs(List.of(logs.getLogGroupArn()))
                .loggingFilter(new TreeMap<>(Map.of("DefaultBehavior", "DROP", "Filters", List.of(keepBlocked()))))
                .build();
    }

    /** Sorted, as the whole filter: the template is the same in every synth. */
    private static Map<String, Object> keepBlocked() {
        Map<String, Object> condition = Map.of("ActionCondition", Map.of("Action", "BLOCK"));
        return new TreeMap<>(Map.of("Behavior", "KEEP", "Conditions", List.of(condition), "Requirement", "MEETS_ANY"));
    }

    private CfnWebACL webAcl(Construct scope) {
        List<RuleProperty> rules = new ArrayList<>();
        rules.add(rate());
        MANAGED.forEach(name -> rules.add(managed(name, rules.size(), List.of())));
        rules.add(managed(COMMON, rules.size(), COUNTED));
        return CfnWebACL.Builder.create(scope, "Firewall")
                .scope("REGIONAL")
                .defaultAction(DefaultActionProperty.builder()
                        .allow(AllowActionProperty.builder().build())
                        .build())
                .rules(rules)
                .customResponseBodies(Map.of(
                        BODY,
                        CustomResponseBodyProperty.builder()
                                .contentType("APPLICATION_JSON")
                                .content(problem())
                                .build()))
                .visibilityConfig(metric("Firewall"))
                .build();
    }

    private RuleProperty rate() {
        return RuleProperty.builder()
                .name("Rate")
                .priority(0)
                .statement(StatementProperty.builder()
                        .rateBasedStatement(RateBasedStatementProperty.builder()
                                .aggregateKeyType("IP")
                                .evaluationWindowSec(WINDOW_SECONDS)
                                .limit(requestsPerMinute)
                                .build())
                        .build())
                .action(RuleActionProperty.builder()
                        .block(BlockActionProperty.builder()
                                .customResponse(tooManyRequests())
                                .build())
                        .build())
                .visibilityConfig(metric("Rate"))
                .build();
    }

    private String problem() {
        return """
            {"type":"/problems/too-many-requests","title":"Too many requests from one client","status":429,\
            "detail":"A client may make %d requests per minute.","retryAfterSeconds":%d}""".formatted(requestsPerMinute, WINDOW_SECONDS);
    }

    private static CustomResponseProperty tooManyRequests() {
        return CustomResponseProperty.builder()
                .responseCode(TOO_MANY_REQUESTS)
                .customResponseBodyKey(BODY)
                .responseHeaders(List.of(CustomHTTPHeaderProperty.builder()
                        .name("Retry-After")
                        .value(Integer.toString(WINDOW_SECONDS))
                        .build()))
                .build();
    }

    private RuleProperty managed(String name, int priority, List<String> counted) {
        return RuleProperty.builder()
                .name(name)
                .priority(priority)
                .statement(StatementProperty.builder()
                        .managedRuleGroupStatement(ManagedRuleGroupStatementProperty.builder()
                                .vendorName("AWS")
                                .name(name)
                                .ruleActionOverrides(
                                        counted.stream().map(Firewall::count).toList())
                                .build())
                        .build())
                .overrideAction(OverrideActionProperty.builder().none(Map.of()).build())
                .visibilityConfig(metric(name))
                .build();
    }

    private static RuleActionOverrideProperty count(String rule) {
        return RuleActionOverrideProperty.builder()
                .name(rule)
                .actionToUse(RuleActionProperty.builder()
                        .count(CountActionProperty.builder().build())
                        .build())
                .build();
    }

    private VisibilityConfigProperty metric(String name) {
        return VisibilityConfigProperty.builder()
                .cloudWatchMetricsEnabled(true)
                .sampledRequestsEnabled(true)
                .metricName(stack.substring(0, Math.min(stack.length(), MAX_STACK_LETTERS)) + "-" + name)
                .build();
    }
}
