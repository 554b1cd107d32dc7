package io.weathermesh.cdk;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * The function that the library brings to empty the access logs' bucket at the end. By itself it writes to a log group that it
 * makes, that no stack owns and that is kept for ever.
 */
final class BucketEmptier {
    private static final String PROVIDER = "Custom::S3AutoDeleteObjectsCustomResourceProvider";

    private BucketEmptier() {}

    /** Gives it a log group of the stack's, and the right to write to that one only: it could make it again otherwise. */
    static void keepLogsFor(Construct scope, WeatherProps props) {
        LogGroup logs = LogGroup.Builder.create(scope, "EmptierLogs")
                .retention(LogDays.of(props.logDays()))
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        part(scope, "Handler").addPropertyOverride("LoggingConfig.LogGroup", logs.getLogGroupName());
        CfnResource role = part(scope, "Role");
        role.addPropertyDeletionOverride("ManagedPolicyArns");
        PolicyDocument rights = PolicyDocument.Builder.create()
                .statements(List.of(PolicyStatement.Builder.create()
                        .actions(List.of("logs:CreateLogStream", "logs:PutLogEvents"))
                        .resources(List.of(logs.getLogGroupArn()))
                        .build()))
                .build();
        role.addPropertyOverride(
                "Policies", List.of(new TreeMap<>(Map.of("PolicyName", "WriteLogs", "PolicyDocument", rights))));
    }

    private static CfnResource part(Construct scope, String id) {
        if (Stack.of(scope).getNode().findChild(PROVIDER).getNode().findChild(id) instanceof CfnResource resource) {
            return resource;
        }
        throw new IllegalStateException("The bucket's emptier has no " + id + " any more");
    }
}
