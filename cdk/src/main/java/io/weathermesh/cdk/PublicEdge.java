package io.weathermesh.cdk;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.elasticloadbalancingv2.AddApplicationActionProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationListener;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationLoadBalancer;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationProtocol;
import software.amazon.awscdk.services.elasticloadbalancingv2.BaseApplicationListenerProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.DesyncMitigationMode;
import software.amazon.awscdk.services.elasticloadbalancingv2.IApplicationTargetGroup;
import software.amazon.awscdk.services.elasticloadbalancingv2.ListenerAction;
import software.amazon.awscdk.services.elasticloadbalancingv2.ListenerCertificate;
import software.amazon.awscdk.services.elasticloadbalancingv2.SslPolicy;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.constructs.Construct;

/** The one thing with a public address: a load balancer behind a web application firewall. */
public final class PublicEdge extends Construct {
    private final ApplicationLoadBalancer balancer;
    private final ApplicationListener listener;

    public PublicEdge(Construct scope, String id, Network network, WeatherProps props) {
        super(scope, id);
        SecurityGroup group = SecurityGroup.Builder.create(this, "Group")
                .vpc(network.vpc())
                .description("The load balancer")
                .allowAllOutbound(false)
                .build();
        balancer = ApplicationLoadBalancer.Builder.create(this, "Balancer")
                .vpc(network.vpc())
                .vpcSubnets(
                        SubnetSelection.builder().subnetType(SubnetType.PUBLIC).build())
                .internetFacing(true)
                .securityGroup(group)
                .idleTimeout(Whole.seconds("loadBalancerIdle", props.timings().loadBalancerIdle()))
                .dropInvalidHeaderFields(true)
                .desyncMitigationMode(DesyncMitigationMode.STRICTEST)
                .deletionProtection(props.protectedFromDeletion())
                .build();
        balancer.logAccessLogs(logs(props));
        listener = props.edge() instanceof Edge.Https https ? https(https) : http();
        Firewall.before(this, balancer);
    }

    ApplicationLoadBalancer balancer() {
        return balancer;
    }

    /** Sends every request to a group of tasks; the group lets the load balancer in on the port of its targets. */
    void forwardTo(IApplicationTargetGroup targets) {
        listener.addAction(
                "Forward",
                AddApplicationActionProps.builder()
                        .action(ListenerAction.forward(List.of(targets)))
                        .build());
    }

    private ApplicationListener https(Edge.Https https) {
        balancer.addRedirect();
        return balancer.addListener(
                "Https",
                BaseApplicationListenerProps.builder()
                        .port(443)
                        .protocol(ApplicationProtocol.HTTPS)
                        .certificates(List.of(ListenerCertificate.fromArn(https.certificateArn())))
                        .sslPolicy(SslPolicy.RECOMMENDED_TLS)
                        .open(true)
                        .build());
    }

    private ApplicationListener http() {
        return balancer.addListener(
                "Http",
                BaseApplicationListenerProps.builder()
                        .port(80)
                        .protocol(ApplicationProtocol.HTTP)
                        .open(true)
                        .build());
    }

    private Bucket logs(WeatherProps props) {
        return Bucket.Builder.create(this, "AccessLogs")
                .encryption(BucketEncryption.S3_MANAGED)
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .enforceSsl(true)
                .lifecycleRules(List.of(LifecycleRule.builder()
                        .expiration(Duration.days(props.logDays()))
                        .build()))
                .removalPolicy(props.protectedFromDeletion() ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY)
                .autoDeleteObjects(!props.protectedFromDeletion())
                .build();
    }
}
