package io.weathermesh.local.aws;

/**
 * Amazon resource names, for an account and a region that do not exist: {@code
 * arn:aws:ecs:local:000000000000:service/weather/humidity-provider}.
 */
final class Arns {
    static final String REGION = "local";
    static final String CLUSTER = "weather";

    private static final String ACCOUNT = "000000000000";
    private static final String ECS = "arn:aws:ecs:" + REGION + ":" + ACCOUNT + ":";
    private static final String CLOUD_MAP = "arn:aws:servicediscovery:" + REGION + ":" + ACCOUNT + ":";

    private Arns() {}

    static String cluster() {
        return ECS + "cluster/" + CLUSTER;
    }

    static String service(String name) {
        return ECS + "service/" + CLUSTER + "/" + name;
    }

    static String task(String name) {
        return ECS + "task/" + CLUSTER + "/" + name;
    }

    static String taskDefinition(String service) {
        return ECS + "task-definition/" + service + ":1";
    }

    static String namespace(String id) {
        return CLOUD_MAP + "namespace/" + id;
    }

    static String registry(String serviceId) {
        return CLOUD_MAP + "service/" + serviceId;
    }

    /** The last part of an ARN; a plain name as it is. */
    static String nameIn(String arnOrName) {
        return arnOrName.startsWith("arn:") ? arnOrName.substring(arnOrName.lastIndexOf('/') + 1) : arnOrName;
    }
}
