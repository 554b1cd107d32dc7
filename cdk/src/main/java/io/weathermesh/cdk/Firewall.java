package io.weathermesh.cdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationLoadBalancer;
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
    /**
     * The requests that one address may send in a minute: twenty a second. A task of the gateway has the same limit for what
     * it receives itself, and refuses at once; the firewall counts over all tasks, and refuses within half a minute.
     */
    static final int REQUESTS_PER_MINUTE = 1200;

    private static final int WINDOW_SECONDS = 60;

    private static final int TOO_MANY_REQUESTS = 429;

    /** The problem that the gateway returns too, as application/json: the firewall offers no other JSON. */
    private static final String BODY = "too-many-requests";

    private static final String PROBLEM = """
            {"type":"/problems/too-many-requests","title":"Too many requests from one client","status":429,\
            "detail":"A client may make %d requests per minute.","retryAfterSeconds":%d}""".formatted(REQUESTS_PER_MINUTE, WINDOW_SECONDS);

    private static final List<String> MANAGED =
            List.of("AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesKnownBadInputsRuleSet");

    private static final String COMMON = "AWSManagedRulesCommonRuleSet";

    /** Only counted: a batch may be larger than 8 KB, and the gateway limits bodies; scripts often send no User-Agent. */
    private static final List<String> COUNTED = List.of("SizeRestrictions_BODY", "NoUserAgent_HEADER");

    private Firewall() {}

    static void protect(Construct scope, ApplicationLoadBalancer balancer) {
        List<RuleProperty> rules = new ArrayList<>();
        rules.add(rate());
        MANAGED.forEach(name -> rules.add(managed(name, rules.size(), List.of())));
        rules.add(managed(COMMON, rules.size(), COUNTED));
        CfnWebACL firewall = CfnWebACL.Builder.create(scope, "Firewall")
                .scope("REGIONAL")
                .defaultAction(DefaultActionProperty.builder()
                        .allow(AllowActionProperty.builder().build())
                        .build())
                .rules(rules)
                .customResponseBodies(Map.of(
                        BODY,
                        CustomResponseBodyProperty.builder()
                                .contentType("APPLICATION_JSON")
                                .content(PROBLEM)
                                .build()))
                .visibilityConfig(metric("Firewall"))
                .build();
        CfnWebACLAssociation.Builder.create(scope, "FirewallBeforeBalancer")
                .resourceArn(balancer.getLoadBalancerArn())
                .webAclArn(firewall.getAttrArn())
                .build();
    }

    private static RuleProperty rate() {
        return RuleProperty.builder()
                .name("Rate")
                .priority(0)
                .statement(StatementProperty.builder()
                        .rateBasedStatement(RateBasedStatementProperty.builder()
                                .aggregateKeyType("IP")
                                .evaluationWindowSec(WINDOW_SECONDS)
                                .limit(REQUESTS_PER_MINUTE)
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

    private static RuleProperty managed(String name, int priority, List<String> counted) {
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

    private static VisibilityConfigProperty metric(String name) {
        return VisibilityConfigProperty.builder()
                .cloudWatchMetricsEnabled(true)
                .sampledRequestsEnabled(true)
                .metricName(name)
                .build();
    }
}
