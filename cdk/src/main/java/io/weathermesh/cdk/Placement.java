package io.weathermesh.cdk;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The region of a stack, its availability zones, and the way out of its private subnets.
 *
 * @param region such as eu-central-1
 * @param zones the number of availability zones, 2 or 3
 * @param egress the way out of the private subnets
 */
public record Placement(String region, int zones, Egress egress) {
    /** A way out of the private subnets; the README compares their costs. */
    public enum Egress {
        /** Interface endpoints for the AWS services that a task needs, and no route to the internet. */
        ENDPOINTS,

        /** A NAT gateway in each zone; live sources need one. */
        NAT
    }

    /** Private subnets of 1,024 addresses: each task has one, and a deploy runs twice as many tasks. */
    static final int PRIVATE_SUBNET_BITS = 22;

    /** The addresses of a private subnet that are left to tasks: AWS reserves five, and each of up to four endpoints has one. */
    private static final int TASKS_IN_ZONE = (1 << (32 - PRIVATE_SUBNET_BITS)) - 5 - 4;

    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d");

    private static final int MIN_ZONES = 2;
    private static final int MAX_ZONES = 3;

    /**
     * The zones that run Fargate, for the regions of which AWS says that others do not: "Supported Regions for Amazon ECS on
     * AWS Fargate", Linux containers. By id, because a zone's letter differs between accounts.
     */
    private static final Map<String, List<String>> FARGATE_ZONES = Map.of(
            "ap-northeast-1", List.of("apne1-az1", "apne1-az2", "apne1-az4"),
            "ca-central-1", List.of("cac1-az1", "cac1-az2"),
            "cn-north-1", List.of("cnn1-az1", "cnn1-az2"),
            "us-west-1", List.of("usw1-az1", "usw1-az3"));

    public Placement {
        if (!REGION.matcher(region).matches()) {
            throw new IllegalArgumentException("region is '" + region + "', but must be one such as eu-central-1");
        }
        if (zones < MIN_ZONES || zones > MAX_ZONES) {
            throw new IllegalArgumentException("zones is " + zones + ", but must be 2 or 3");
        }
        List<String> ids = FARGATE_ZONES.getOrDefault(region, List.of());
        if (!ids.isEmpty() && zones > ids.size()) {
            throw new IllegalArgumentException("zones is " + zones + ", but must be at most " + ids.size() + " in "
                    + region + ": Fargate runs in " + String.join(", ", ids) + " only");
        }
    }

    /** The ids of the zones to use, or empty where the account's first zones will do. */
    List<String> zoneIds() {
        List<String> ids = FARGATE_ZONES.getOrDefault(region, List.of());
        return ids.isEmpty() ? ids : ids.subList(0, zones);
    }

    /**
     * Refuses the ARN of a resource in another region: CloudFormation would find out minutes later, in the account.
     *
     * @param arn a complete ARN
     */
    void requireSameRegion(String setting, String arn) {
        if (!arn.split(":", -1)[3].equals(region)) {
            throw new IllegalArgumentException(
                    setting + " is '" + arn + "', but must be in " + region + ", the region of the stack");
        }
    }

    /** Refuses more tasks than the private subnets have addresses for during a deploy. */
    void requireRoomFor(int tasks) {
        int limit = zones * TASKS_IN_ZONE / 2;
        if (tasks > limit) {
            throw new IllegalArgumentException(
                    "maxTasks of all services together is " + tasks + ", but must be at most " + limit + " in " + zones
                            + " zones: a deploy runs twice as many, each with an address of its own");
        }
    }
}
