package io.weathermesh.cdk;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.ec2.FlowLogDestination;
import software.amazon.awscdk.services.ec2.FlowLogOptions;
import software.amazon.awscdk.services.ec2.FlowLogTrafficType;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.IInterfaceVpcEndpoint;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
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
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** The addresses: public subnets that hold the load balancer only, and private ones for the tasks. */
public final class Network extends Construct {
    /** Every task's address is inside it; tasks dial nothing outside. */
    static final String CIDR = "10.0.0.0/16";

    /** Subnets of 1,024 addresses: a task is an address, and a deploy doubles them. */
    private static final int PRIVATE_BITS = 22;

    private static final int PUBLIC_BITS = 26;

    private final Vpc vpc;
    private final SubnetSelection tasks;
    private final List<IInterfaceVpcEndpoint> endpoints;
    private final Optional<IInterfaceVpcEndpoint> cloudMap;

    public Network(Construct scope, String id, WeatherProps props) {
        super(scope, id);
        SubnetType kind = props.egress() == Egress.NAT ? SubnetType.PRIVATE_WITH_EGRESS : SubnetType.PRIVATE_ISOLATED;
        vpc = Vpc.Builder.create(this, "Vpc")
                .ipAddresses(IpAddresses.cidr(CIDR))
                .availabilityZones(zones(props.zones()))
                .natGateways(props.egress() == Egress.NAT ? props.zones() : 0)
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
                                .cidrMask(PRIVATE_BITS)
                                .build()))
                // Layers of images come from S3: through the gateway endpoint, which is free, never through a NAT.
                .build();
        tasks = SubnetSelection.builder().subnetType(kind).build();
        vpc.addGatewayEndpoint(
                "S3",
                GatewayVpcEndpointOptions.builder()
                        .service(GatewayVpcEndpointAwsService.S3)
                        .subnets(List.of(tasks))
                        .build());
        endpoints = props.egress() == Egress.ENDPOINTS
                ? List.of(
                        endpoint("EcrApi", InterfaceVpcEndpointAwsService.ECR),
                        endpoint("EcrDocker", InterfaceVpcEndpointAwsService.ECR_DOCKER),
                        endpoint("Logs", InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS))
                : List.of();
        cloudMap = props.cloudMapApi() && props.egress() == Egress.ENDPOINTS
                ? Optional.of(endpoint("CloudMap", InterfaceVpcEndpointAwsService.CLOUD_MAP_DATA_SERVICE_DISCOVERY))
                : Optional.empty();
        keepFlowLogs(props);
    }

    Vpc vpc() {
        return vpc;
    }

    /** Where tasks run. */
    SubnetSelection tasks() {
        return tasks;
    }

    /**
     * Lets a task reach what it needs of AWS. By address and not by VPC: the layers of its image come from S3's public
     * addresses, though they go through the gateway endpoint.
     */
    void letOut(SecurityGroup group) {
        group.addEgressRule(Peer.anyIpv4(), Port.tcp(443), "ECR, S3, CloudWatch Logs; live sources where there is NAT");
        endpoints.forEach(
                endpoint -> endpoint.getConnections().allowDefaultPortFrom(group, "Tasks pull images and write logs"));
    }

    /** Lets a task ask Cloud Map's API for instances. */
    void letAskCloudMap(SecurityGroup group) {
        cloudMap.ifPresent(
                endpoint -> endpoint.getConnections().allowDefaultPortFrom(group, "The gateway discovers instances"));
    }

    /** Closed until {@link #letOut} opens it to a group: an endpoint that is not open has no ingress rule at all. */
    private IInterfaceVpcEndpoint endpoint(String id, InterfaceVpcEndpointAwsService service) {
        ISecurityGroup group = SecurityGroup.Builder.create(this, id + "Group")
                .vpc(vpc)
                .description("The endpoint " + id)
                .allowAllOutbound(false)
                .build();
        return vpc.addInterfaceEndpoint(
                id,
                InterfaceVpcEndpointOptions.builder()
                        .service(service)
                        .subnets(tasks)
                        .securityGroups(List.of(group))
                        .open(false)
                        .build());
    }

    private void keepFlowLogs(WeatherProps props) {
        LogGroup group = LogGroup.Builder.create(this, "FlowLogs")
                .retention(LogDays.of(props.logDays()))
                .removalPolicy(props.removalPolicy())
                .build();
        vpc.addFlowLog(
                "Flow",
                FlowLogOptions.builder()
                        .destination(FlowLogDestination.toCloudWatchLogs(group))
                        .trafficType(FlowLogTrafficType.REJECT)
                        .build());
    }

    /** The account's first zones by number: a stack that knows no account would silently get two of three. */
    private static List<String> zones(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Fn.select(i, Fn.getAzs()))
                .toList();
    }
}
