package io.weathermesh.cdk;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

/**
 * The function of the CDK library that empties the access logs' bucket before CloudFormation deletes it. It empties a bucket
 * only while the bucket has its tag, so every stack has the function, and protection decides about the tag alone. A first
 * deploy that fails needs it too: the load balancer writes a test file when access logs are enabled, and CloudFormation cannot
 * delete a bucket that is not empty.
 */
final class BucketEmptier {
    private static final String PROVIDER = "Custom::S3AutoDeleteObjectsCustomResourceProvider";

    private static final String TAG = "aws-cdk:auto-delete-objects";

    private BucketEmptier() {}

    /** Keeps a bucket and its objects as {@link RemovalPolicy#RETAIN_ON_UPDATE_OR_DELETE} would, which the CDK refuses. */
    static void spare(Bucket bucket) {
        if (!(bucket.getNode().getDefaultChild() instanceof CfnResource resource)) {
            throw new IllegalStateException("The default child of the bucket must be an AWS::S3::Bucket");
        }
        resource.addOverride("DeletionPolicy", "RetainExceptOnCreate");
        resource.addOverride("UpdateReplacePolicy", "Retain");
        Tags.of(bucket).remove(TAG);
    }

    /**
     * Gives the function a log group of the stack, and the right to write to that log group only. By itself it would create a
     * log group that no stack owns and that never expires.
     */
    static void writeLogsOf(Construct scope, WeatherProps props) {
        LogGroup logs = LogGroup.Builder.create(scope, "EmptierLogs")
                .retention(props.operations().retention())
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
        throw new IllegalStateException(PROVIDER + " must have a child " + id);
    }
}
