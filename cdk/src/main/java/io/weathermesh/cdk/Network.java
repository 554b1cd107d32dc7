package io.weathermesh.cdk;

import io.weathermesh.cdk.Placement.Egress;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.ec2.CfnSubnet;
import software.amazon.awscdk.services.ec2.FlowLogDestination;
import software.amazon.awscdk.services.ec2.FlowLogOptions;
import software.amazon.awscdk.services.ec2.FlowLogTrafficType;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.IInterfaceVpcEndpoint;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpoint;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.IpAddresses;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** The VPC: public subnets for the load balancer only, and private subnets for the tasks. */
public final class Network extends Construct {
    /** The addresses of all tasks; a task connects to no task outside of it. */
    static final String CIDR = "10.0.0.0/16";

    private static final int PUBLIC_BITS = 26;

    private final Vpc vpc;
    private final SubnetSelection taskSubnets;
    private final List<IInterfaceVpcEndpoint> endpoints;
    private final Optional<InterfaceVpcEndpoint> cloudMap;

    public Network(Construct scope, String id, WeatherProps props) {
        super(scope, id);
        SubnetType kind =
                props.placement().egress() == Egress.NAT ? SubnetType.PRIVATE_WITH_EGRESS : SubnetType.PRIVATE_ISOLATED;
        vpc = Vpc.Builder.create(this, "Vpc")
                .ipAddresses(IpAddresses.cidr(CIDR))
                .availabilityZones(zones(props.placement().zones()))
                .natGateways(
                        props.placement().egress() == Egress.NAT
                                ? props.placement().zones()
                                : 0)
                .subnetConfiguration(List.of(
                        SubnetConfiguration.builder()
                                .name("Edge")
                                .subnetType(SubnetType.PUBLIC)
                                .cidrMask(PUBLIC_BITS)
                                .mapPublicIpOnLaunch(false)
                                .build(),
                        SubnetConfiguration.builder()
                                .name("Tasks")
                                .subnetType(kind)
                                .cidrMask(Placement.PRIVATE_SUBNET_BITS)
                                .build()))
                .build();
        useZones(props.placement().zoneIds());
        taskSubnets = SubnetSelection.builder().subnetType(kind).build();
        // The layers of images come from S3: by the gateway endpoint, which is free, and not by NAT.
        vpc.addGatewayEndpoint(
                        "S3",
                        GatewayVpcEndpointOptions.builder()
                                .service(GatewayVpcEndpointAwsService.S3)
                                .subnets(List.of(taskSubnets))
                                .build())
                .addToPolicy(allow(
                        List.of("s3:GetObject"),
                        List.of(layers(props.placement().region()))));
        endpoints = props.placement().egress() == Egress.ENDPOINTS ? endpoints(props.images()) : List.of();
        cloudMap = props.services().cloudMapApi() && props.placement().egress() == Egress.ENDPOINTS
                ? Optional.of(endpoint("CloudMap", InterfaceVpcEndpointAwsService.CLOUD_MAP_DATA_SERVICE_DISCOVERY))
                : Optional.empty();
        cloudMap.ifPresent(
                endpoint -> endpoint.addToPolicy(allow(List.of("servicediscovery:DiscoverInstances"), List.of("*"))));
        logRejectedFlows(props);
    }

    /** Endpoints for pulling the images of the services, and for writing logs. */
    private List<IInterfaceVpcEndpoint> endpoints(Images images) {
        List<InterfaceVpcEndpoint> registry = List.of(
                endpoint("EcrApi", InterfaceVpcEndpointAwsService.ECR),
                endpoint("EcrDocker", InterfaceVpcEndpointAwsService.ECR_DOCKER));
        registry.forEach(endpoint -> {
            endpoint.addToPolicy(allow(List.of("ecr:GetAuthorizationToken"), List.of("*")));
            endpoint.addToPolicy(allow(
                    List.of("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"),
                    images.repositoryArns()));
        });
        InterfaceVpcEndpoint logs = endpoint("Logs", InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS);
        logs.addToPolicy(allow(
                List.of("logs:CreateLogStream", "logs:PutLogEvents"),
                List.of("arn:" + Aws.PARTITION + ":logs:" + Aws.REGION + ":" + Aws.ACCOUNT_ID + ":log-group:*")));
        return Stream.concat(registry.stream(), Stream.of(logs))
                .<IInterfaceVpcEndpoint>map(endpoint -> endpoint)
                .toList();
    }

    /** The bucket of the layers of images: "Amazon ECR interface VPC endpoints", minimum S3 bucket permissions. */
    private static String layers(String region) {
        return "arn:" + Aws.PARTITION + ":s3:::prod-" + region + "-starport-layer-bucket/*";
    }

    /** A statement of an endpoint's policy: it limits what anybody may do by the endpoint, and permits nothing by itself. */
    private static PolicyStatement allow(List<String> actions, List<String> resources) {
        return PolicyStatement.Builder.create()
                .principals(List.of(new AnyPrincipal()))
                .actions(actions)
                .resources(resources)
                .build();
    }

    Vpc vpc() {
        return vpc;
    }

    /** The subnets of the tasks. */
    SubnetSelection taskSubnets() {
        return taskSubnets;
    }

    /**
     * Allows a task to reach the AWS services that it needs. To every address and not only to those of the VPC: the layers of
     * its image come from S3's public addresses, although by the gateway endpoint.
     */
    void allowEgress(SecurityGroup group) {
        group.addEgressRule(Peer.anyIpv4(), Port.tcp(443), "ECR, S3, CloudWatch Logs; live sources where there is NAT");
        endpoints.forEach(
                endpoint -> endpoint.getConnections().allowDefaultPortFrom(group, "Tasks pull images and write logs"));
    }

    /** Allows a task to call Cloud Map's API. */
    void allowCloudMap(SecurityGroup group) {
        cloudMap.ifPresent(
                endpoint -> endpoint.getConnections().allowDefaultPortFrom(group, "The gateway discovers instances"));
    }

    /** An endpoint that admits no group before {@link #allowEgress} or {@link #allowCloudMap} adds one. */
    private InterfaceVpcEndpoint endpoint(String id, InterfaceVpcEndpointAwsService service) {
        ISecurityGroup group = SecurityGroup.Builder.create(this, id + "Group")
                .vpc(vpc)
                .description("The endpoint " + id)
                .allowAllOutbound(false)
                .build();
        return vpc.addInterfaceEndpoint(
                id,
                InterfaceVpcEndpointOptions.builder()
                        .service(service)
                        .subnets(taskSubnets)
                        .securityGroups(List.of(group))
                        .open(false)
                        .build());
    }

    private void logRejectedFlows(WeatherProps props) {
        LogGroup group = LogGroup.Builder.create(this, "FlowLogs")
                .retention(props.operations().retention())
                .removalPolicy(props.operations().removalPolicy())
                .build();
        vpc.addFlowLog(
                "Flow",
                FlowLogOptions.builder()
                        .destination(FlowLogDestination.toCloudWatchLogs(group))
                        .trafficType(FlowLogTrafficType.REJECT)
                        .build());
    }

    /** The account's first zones by position: without an account, the CDK would use two zones where three are wanted. */
    private static List<String> zones(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Fn.select(i, Fn.getAzs()))
                .toList();
    }

    /** Puts the subnets into these zones; an empty list leaves them in the account's first ones. */
    private void useZones(List<String> ids) {
        for (List<ISubnet> kind : List.of(vpc.getPublicSubnets(), vpc.getPrivateSubnets(), vpc.getIsolatedSubnets())) {
            for (int i = 0; i < Math.min(kind.size(), ids.size()); i++) {
                if (kind.get(i).getNode().getDefaultChild() instanceof CfnSubnet subnet) {
                    subnet.addPropertyDeletionOverride("AvailabilityZone");
                    subnet.addPropertyOverride("AvailabilityZoneId", ids.get(i));
                }
            }
        }
    }
}
