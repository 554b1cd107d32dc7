package io.weathermesh.cdk;

import io.weathermesh.mesh.MeshTimings;
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
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationTargetGroup;
import software.amazon.awscdk.services.elasticloadbalancingv2.BaseApplicationListenerProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.DesyncMitigationMode;
import software.amazon.awscdk.services.elasticloadbalancingv2.HealthCheck;
import software.amazon.awscdk.services.elasticloadbalancingv2.ListenerAction;
import software.amazon.awscdk.services.elasticloadbalancingv2.ListenerCertificate;
import software.amazon.awscdk.services.elasticloadbalancingv2.SslPolicy;
import software.amazon.awscdk.services.elasticloadbalancingv2.TargetGroupLoadBalancingAlgorithmType;
import software.amazon.awscdk.services.elasticloadbalancingv2.TargetType;
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

/**
 * The only part with a public address: a load balancer behind a web application firewall, its listeners, and the target group
 * of the gateway with the health check's path and thresholds.
 */
public final class PublicEdge extends Construct {
    /** Two checks in a row: at an interval of 5 s a new task gets requests after 10 s. */
    private static final int HEALTHY_THRESHOLD = 2;

    private final ApplicationLoadBalancer balancer;
    private final ApplicationTargetGroup targets;

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
                .idleTimeout(WholeSeconds.of(
                        "loadBalancerIdle", props.services().timings().loadBalancerIdle()))
                .dropInvalidHeaderFields(true)
                .desyncMitigationMode(DesyncMitigationMode.STRICTEST)
                .deletionProtection(props.operations().protectedFromDeletion())
                .build();
        balancer.logAccessLogs(logs(props));
        targets = targets(network, props.services().timings());
        listener(props.access())
                .addAction(
                        "Forward",
                        AddApplicationActionProps.builder()
                                .action(ListenerAction.forward(List.of(targets)))
                                .build());
        Firewall.protect(this, balancer, props);
    }

    ApplicationLoadBalancer balancer() {
        return balancer;
    }

    /** The tasks that the load balancer forwards every request to. */
    ApplicationTargetGroup targets() {
        return targets;
    }

    private ApplicationTargetGroup targets(Network network, MeshTimings timings) {
        return ApplicationTargetGroup.Builder.create(this, "Targets")
                .vpc(network.vpc())
                .targetType(TargetType.IP)
                .protocol(ApplicationProtocol.HTTP)
                .port(GatewayNames.HTTP_PORT)
                .loadBalancingAlgorithmType(TargetGroupLoadBalancingAlgorithmType.LEAST_OUTSTANDING_REQUESTS)
                .deregistrationDelay(WholeSeconds.of("deregistrationDelay", timings.deregistrationDelay()))
                .healthCheck(HealthCheck.builder()
                        .path(GatewayNames.HEALTH_PATH)
                        .healthyHttpCodes("200")
                        .interval(WholeSeconds.of("healthInterval", timings.healthInterval()))
                        .timeout(WholeSeconds.of("healthTimeout", timings.healthTimeout()))
                        .healthyThresholdCount(HEALTHY_THRESHOLD)
                        .unhealthyThresholdCount(timings.unhealthyThreshold())
                        .build())
                .build();
    }

    private ApplicationListener listener(PublicAccess access) {
        if (access instanceof PublicAccess.Https https) {
            return https(ListenerCertificate.fromArn(https.certificateArn()));
        }
        return access instanceof PublicAccess.Domain domain ? https(named(domain)) : http();
    }

    /** Gives the load balancer a domain name, and returns the certificate for it. */
    private ListenerCertificate named(PublicAccess.Domain domain) {
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
                        .expiration(Duration.days(props.operations().logDays()))
                        .build()))
                .removalPolicy(RemovalPolicy.DESTROY)
                .autoDeleteObjects(true)
                .build();
        BucketEmptier.writeLogsOf(this, props);
        if (props.operations().protectedFromDeletion()) {
            BucketEmptier.spare(bucket);
        }
        return bucket;
    }
}
