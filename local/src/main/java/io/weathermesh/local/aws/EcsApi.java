package io.weathermesh.local.aws;

import io.weathermesh.local.fleet.Fleet;
import io.weathermesh.local.fleet.ServiceView;
import io.weathermesh.local.fleet.TaskView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The API of ECS, with one cluster and a fixed set of services. The ids of tasks are their names in {@code ./weather ps},
 * where AWS has 32 hexadecimal digits.
 */
final class EcsApi implements AwsApi {
    /** The cluster of a request without one. */
    private static final String DEFAULT = "default";

    private static final int MAX_LIST = 100;
    private static final int DEFAULT_SERVICES = 10;
    private static final int MAX_DESCRIBED_SERVICES = 10;
    private static final int MAX_DESIRED = 5_000;

    private final Fleet fleet;

    EcsApi(Fleet fleet) {
        this.fleet = fleet;
    }

    @Override
    public Map<String, ?> call(String operation, AwsRequest request) {
        return switch (operation) {
            case "ListClusters" -> Map.of("clusterArns", List.of(Arns.cluster()));
            case "DescribeClusters" -> describeClusters(request);
            case "ListServices" -> listServices(request);
            case "DescribeServices" -> describeServices(request);
            case "UpdateService" -> updateService(request);
            case "ListTasks" -> listTasks(request);
            case "DescribeTasks" -> describeTasks(request);
            case "StopTask" -> stopTask(request);
            default -> throw AwsException.unknownOperation("ecs", operation);
        };
    }

    private Map<String, ?> describeClusters(AwsRequest request) {
        List<String> names = request.texts("clusters");
        return described(
                "clusters",
                names.isEmpty() ? List.of(DEFAULT) : names,
                name -> isOurs(name) ? Optional.of(EcsShapes.cluster(fleet.services())) : Optional.empty(),
                name -> name.startsWith("arn:") ? name : Arns.cluster().replace(Arns.CLUSTER, name));
    }

    private Map<String, ?> listServices(AwsRequest request) {
        request.allowOnly("cluster", "launchType", "schedulingStrategy", "maxResults", "nextToken");
        checkCluster(request);
        boolean all = isFargate(request) && !request.text("schedulingStrategy").equals(Optional.of("DAEMON"));
        List<String> arns = fleet.services().stream()
                .filter(service -> all)
                .map(service -> Arns.service(service.name()))
                .toList();
        return Page.of(
                        arns,
                        request.number("maxResults", DEFAULT_SERVICES, 1, MAX_LIST),
                        request.text("nextToken"),
                        request)
                .response("serviceArns", "nextToken");
    }

    private Map<String, ?> describeServices(AwsRequest request) {
        request.allowOnly("cluster", "services", "include");
        checkCluster(request);
        List<String> names = request.texts("services");
        if (names.isEmpty()) {
            throw request.refused("Services cannot be empty.");
        }
        if (names.size() > MAX_DESCRIBED_SERVICES) {
            throw request.refused("No more than " + MAX_DESCRIBED_SERVICES + " services can be described at a time.");
        }
        return described(
                "services",
                names,
                name -> service(name).map(EcsShapes::service),
                name -> Arns.service(Arns.nameIn(name)));
    }

    private Map<String, ?> updateService(AwsRequest request) {
        request.allowOnly("cluster", "service", "desiredCount", "forceNewDeployment");
        checkCluster(request);
        String name = serviceOf(request, "service").name();
        if (request.number("desiredCount").isPresent()) {
            int desired = request.number("desiredCount", 0, 0, MAX_DESIRED);
            try {
                fleet.scale(name, desired);
            } catch (IllegalArgumentException e) {
                throw request.refused(String.valueOf(e.getMessage()));
            }
        }
        if (request.flag("forceNewDeployment")) {
            fleet.deploy(name);
        }
        return Map.of("service", EcsShapes.service(serviceOf(request, "service")));
    }

    private Map<String, ?> listTasks(AwsRequest request) {
        request.allowOnly("cluster", "serviceName", "family", "desiredStatus", "launchType", "maxResults", "nextToken");
        checkCluster(request);
        if (request.text("serviceName").isPresent()) {
            serviceOf(request, "serviceName");
        }
        String status = request.text("desiredStatus").orElse("RUNNING");
        String only = request.text("serviceName")
                .map(Arns::nameIn)
                .or(() -> request.text("family"))
                .orElse("");
        List<String> arns = allTasks()
                .filter(task -> isFargate(request))
                .filter(task -> only.isEmpty() || task.service().equals(only))
                .filter(task -> EcsShapes.desiredStatus(task).equals(status))
                .map(task -> Arns.task(task.task()))
                .toList();
        return Page.of(arns, request.number("maxResults", MAX_LIST, 1, MAX_LIST), request.text("nextToken"), request)
                .response("taskArns", "nextToken");
    }

    private Map<String, ?> describeTasks(AwsRequest request) {
        request.allowOnly("cluster", "tasks", "include");
        checkCluster(request);
        List<String> names = request.texts("tasks");
        if (names.isEmpty()) {
            throw request.refused("Tasks cannot be empty.");
        }
        return described("tasks", names, name -> task(name).map(EcsShapes::task), name -> Arns.task(Arns.nameIn(name)));
    }

    private Map<String, ?> stopTask(AwsRequest request) {
        request.allowOnly("cluster", "task", "reason");
        checkCluster(request);
        TaskView task = task(request.requiredText("task"))
                .orElseThrow(() -> request.refused("The referenced task was not found."));
        if (task.end() == null) {
            fleet.stop(task.task(), request.text("reason").orElse("Task stopped by user"));
        }
        return Map.of("task", EcsShapes.task(task(task.task()).orElse(task)));
    }

    /** A response with the items that exist, and a failure for each of the others. */
    private static Map<String, ?> described(
            String what,
            List<String> names,
            Function<String, Optional<Map<String, ?>>> find,
            Function<String, String> arn) {
        List<Map<String, ?>> found = new ArrayList<>();
        List<Map<String, ?>> failures = new ArrayList<>();
        for (String name : names) {
            find.apply(name)
                    .ifPresentOrElse(
                            found::add, () -> failures.add(Map.of("arn", arn.apply(name), "reason", "MISSING")));
        }
        return Map.of(what, found, "failures", failures);
    }

    private static void checkCluster(AwsRequest request) {
        if (!isOurs(request.text("cluster").orElse(DEFAULT))) {
            throw new AwsException("ClusterNotFoundException", "Cluster not found.");
        }
    }

    private static boolean isOurs(String cluster) {
        return cluster.equals(DEFAULT) || cluster.equals(Arns.CLUSTER) || cluster.equals(Arns.cluster());
    }

    private static boolean isFargate(AwsRequest request) {
        return request.text("launchType").orElse("FARGATE").equals("FARGATE");
    }

    private ServiceView serviceOf(AwsRequest request, String member) {
        return service(request.requiredText(member))
                .orElseThrow(() -> new AwsException("ServiceNotFoundException", "Service not found."));
    }

    private Optional<ServiceView> service(String nameOrArn) {
        return fleet.services().stream()
                .filter(service -> nameOrArn.equals(service.name()) || nameOrArn.equals(Arns.service(service.name())))
                .findFirst();
    }

    private Optional<TaskView> task(String nameOrArn) {
        return allTasks()
                .filter(task -> nameOrArn.equals(task.task()) || nameOrArn.equals(Arns.task(task.task())))
                .findFirst();
    }

    /** The stopped tasks last: a name that is used again is that of the running task. */
    private Stream<TaskView> allTasks() {
        List<ServiceView> services = fleet.services();
        return Stream.concat(
                services.stream().flatMap(service -> service.tasks().stream()),
                services.stream().flatMap(service -> service.ended().stream()));
    }
}
