package io.weathermesh.cdk;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.certificatemanager.CertificateValidation;
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
import software.amazon.awscdk.services.route53.ARecord;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;
import software.amazon.awscdk.services.route53.IHostedZone;
import software.amazon.awscdk.services.route53.RecordTarget;
import software.amazon.awscdk.services.route53.targets.LoadBalancerTarget;
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
        listener = listener(props.edge());
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

    private ApplicationListener listener(Edge edge) {
        if (edge instanceof Edge.Https https) {
            return https(ListenerCertificate.fromArn(https.certificateArn()));
        }
        return edge instanceof Edge.Domain domain ? https(named(domain)) : http();
    }

    /** The load balancer under a name of its own, and the certificate for it. */
    private ListenerCertificate named(Edge.Domain domain) {
        IHostedZone zone = HostedZone.fromHostedZoneAttributes(
                this,
                "Zone",
                HostedZoneAttributes.builder()
                        .zoneName(domain.zoneName())
                        .hostedZoneId(domain.zoneId())
                        .build());
        ARecord.Builder.create(this, "Name")
                .zone(zone)
                .recordName(domain.name() + ".")
                .target(RecordTarget.fromAlias(new LoadBalancerTarget(balancer)))
                .build();
        return ListenerCertificate.fromCertificateManager(Certificate.Builder.create(this, "Certificate")
                .domainName(domain.name())
                .validation(CertificateValidation.fromDns(zone))
                .build());
    }

    private ApplicationListener https(ListenerCertificate certificate) {
        balancer.addRedirect();
        return balancer.addListener(
                "Https",
                BaseApplicationListenerProps.builder()
                        .port(443)
                        .protocol(ApplicationProtocol.HTTPS)
                        .certificates(List.of(certificate))
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
        Bucket bucket = Bucket.Builder.create(this, "AccessLogs")
                .encryption(BucketEncryption.S3_MANAGED)
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .enforceSsl(true)
                .lifecycleRules(List.of(LifecycleRule.builder()
                        .expiration(Duration.days(props.logDays()))
                        .build()))
                .removalPolicy(RemovalPolicy.DESTROY)
                .autoDeleteObjects(true)
                .build();
        BucketEmptier.writeLogsOf(this, props);
        if (props.protectedFromDeletion()) {
            BucketEmptier.spare(bucket);
        }
        return bucket;
    }
}
