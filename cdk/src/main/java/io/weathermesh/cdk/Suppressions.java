package io.weathermesh.cdk;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import software.amazon.awscdk.Stack;

/** The findings of cdk-nag's AwsSolutions that are decisions, each with its reason. */
final class Suppressions {
    private Suppressions() {}

    static void explain(Stack stack) {
        NagSuppressions.addStackSuppressions(
                stack,
                List.of(
                        because(
                                "AwsSolutions-EC23",
                                "The load balancer is the public edge: it alone is open to the world, on 443 (and 80,"
                                        + " to redirect, or where plain HTTP was asked for by name), behind a firewall"
                                        + " with a rate for each address."),
                        because(
                                "AwsSolutions-IAM5",
                                "Only the resource is a wildcard, never the action: ecr:GetAuthorizationToken and"
                                        + " servicediscovery:DiscoverInstances take no other resource (the latter is"
                                        + " kept to the namespace by a condition), and log streams are named by ECS when"
                                        + " a task starts."),
                        because(
                                "AwsSolutions-ECS2",
                                "The variables are timings, ports and names that this repository publishes anyway; no"
                                        + " service takes a secret."),
                        because(
                                "AwsSolutions-S1",
                                "This bucket holds the access logs; logging access to logs would need another bucket,"
                                        + " and so on.")));
    }

    private static NagPackSuppression because(String rule, String reason) {
        return NagPackSuppression.builder().id(rule).reason(reason).build();
    }
}
