package io.weathermesh.cdk;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import software.amazon.awscdk.Stack;

/** The findings of cdk-nag's AwsSolutions that are decisions, with their reasons. */
final class Suppressions {
    private Suppressions() {}

    static void addTo(Stack stack) {
        NagSuppressions.addStackSuppressions(
                stack,
                List.of(
                        because(
                                "AwsSolutions-EC23",
                                "Only the load balancer is open to the internet, on port 443 and on port 80, which"
                                        + " redirects unless plain HTTP was chosen. It is behind a firewall with a rate"
                                        + " limit for each address."),
                        because(
                                "AwsSolutions-IAM5",
                                "Only resources are wildcards, not actions: ecr:GetAuthorizationToken and"
                                        + " servicediscovery:DiscoverInstances take no other resource (a condition limits"
                                        + " the latter to the namespace), and ECS names a log stream when a task starts."),
                        because(
                                "AwsSolutions-ECS2",
                                "The variables are timings, ports and names, which this repository publishes. No"
                                        + " service needs a secret."),
                        because(
                                "AwsSolutions-S1",
                                "This bucket holds the access logs of the load balancer. A log of access to it would"
                                        + " need another bucket, with the same finding.")));
    }

    private static NagPackSuppression because(String rule, String reason) {
        return NagPackSuppression.builder().id(rule).reason(reason).build();
    }
}
