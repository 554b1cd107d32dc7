package io.weathermesh.local.aws;

import io.weathermesh.local.fleet.ServiceView;
import io.weathermesh.local.fleet.TaskEnd;
import io.weathermesh.local.fleet.TaskStatus;
import io.weathermesh.local.fleet.TaskView;
import io.weathermesh.mesh.MeshNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The fleet as members of ECS's responses. A member that does not apply is absent, as in AWS. */
final class EcsShapes {
    private EcsShapes() {}

    static Map<String, ?> cluster(List<ServiceView> services) {
        List<TaskView> tasks =
                services.stream().flatMap(service -> service.tasks().stream()).toList();
        return Map.of(
                "clusterArn",
                Arns.cluster(),
                "clusterName",
                Arns.CLUSTER,
                "status",
                "ACTIVE",
                "activeServicesCount",
                services.size(),
                "runningTasksCount",
                count(tasks, EcsShapes::isRunning),
                "pendingTasksCount",
                0,
                "registeredContainerInstancesCount",
                0,
                "capacityProviders",
                List.of("FARGATE"));
    }

    static Map<String, ?> service(ServiceView service) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("serviceArn", Arns.service(service.name()));
        shape.put("serviceName", service.name());
        shape.put("clusterArn", Arns.cluster());
        shape.put("status", "ACTIVE");
        shape.put("desiredCount", service.desired());
        shape.put("runningCount", count(service.tasks(), EcsShapes::isRunning));
        shape.put("pendingCount", 0);
        shape.put("launchType", "FARGATE");
        shape.put("schedulingStrategy", "REPLICA");
        shape.put("taskDefinition", Arns.taskDefinition(service.name()));
        shape.put("deploymentConfiguration", Map.of("maximumPercent", 200, "minimumHealthyPercent", 100));
        shape.put("deployments", deployments(service));
        shape.put(
                "serviceRegistries",
                List.of(Map.of("registryArn", Arns.registry(CloudMapRegistry.idOf(service.name())))));
        shape.put("loadBalancers", List.of());
        shape.put("events", List.of());
        shape.put("createdAt", service.created());
        shape.put("propagateTags", "NONE");
        shape.put("enableExecuteCommand", false);
        return shape;
    }

    /** The newest deployment, then those whose tasks are not all being stopped. */
    private static List<Map<String, ?>> deployments(ServiceView service) {
        TreeSet<Integer> numbers = new TreeSet<>(List.of(service.deployment()));
        service.tasks().stream().filter(task -> task.end() == null).forEach(task -> numbers.add(task.deployment()));
        boolean settled = numbers.size() == 1
                && count(service.tasks(), EcsShapes::isRunning) == service.desired()
                && count(service.tasks(), EcsShapes::isStarting) == 0;
        List<Map<String, ?>> shapes = new ArrayList<>();
        for (int number : numbers.descendingSet()) {
            shapes.add(deployment(service, number, settled));
        }
        return shapes;
    }

    private static Map<String, ?> deployment(ServiceView service, int number, boolean settled) {
        boolean newest = number == service.deployment();
        List<TaskView> tasks = service.tasks().stream()
                .filter(task -> task.deployment() == number)
                .toList();
        Instant created = newest
                ? service.deployed()
                : tasks.stream()
                        .map(TaskView::startTime)
                        .min(Instant::compareTo)
                        .orElse(service.created());
        int running = count(tasks, EcsShapes::isRunning);
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("id", deploymentId(number));
        shape.put("status", newest ? "PRIMARY" : "ACTIVE");
        shape.put("taskDefinition", Arns.taskDefinition(service.name()));
        shape.put("desiredCount", newest ? service.desired() : 0);
        shape.put("runningCount", running);
        shape.put("pendingCount", 0);
        shape.put("failedTasks", 0);
        shape.put("createdAt", created);
        shape.put("updatedAt", created);
        shape.put("launchType", "FARGATE");
        shape.put("rolloutState", newest && !settled ? "IN_PROGRESS" : "COMPLETED");
        return shape;
    }

    static Map<String, ?> task(TaskView task) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("taskArn", Arns.task(task.task()));
        shape.put("clusterArn", Arns.cluster());
        shape.put("taskDefinitionArn", Arns.taskDefinition(task.service()));
        shape.put("group", "service:" + task.service());
        shape.put("startedBy", deploymentId(task.deployment()));
        shape.put("launchType", "FARGATE");
        shape.put("lastStatus", lastStatus(task).name());
        shape.put("desiredStatus", desiredStatus(task));
        shape.put("healthStatus", task.health().name());
        shape.put("createdAt", task.startTime());
        shape.put("startedAt", task.startTime());
        shape.put("connectivity", "CONNECTED");
        shape.put("attachments", List.of(networkInterface(task)));
        Map<String, Object> container = new LinkedHashMap<>();
        container.put("name", task.service());
        container.put("taskArn", Arns.task(task.task()));
        container.put("lastStatus", task.status() == TaskStatus.STOPPED ? "STOPPED" : "RUNNING");
        container.put("healthStatus", task.health().name());
        container.put("networkInterfaces", List.of(Map.of("privateIpv4Address", task.address())));
        TaskEnd end = task.end();
        if (end != null) {
            shape.put("stopCode", stopCode(end.by()));
            shape.put("stoppedReason", end.reason());
            shape.put("stoppingAt", end.began());
            if (end.ended() != null) {
                shape.put("stoppedAt", end.ended());
            }
            if (end.exitCode() != null) {
                container.put("exitCode", end.exitCode());
            }
        }
        shape.put("containers", List.of(container));
        return shape;
    }

    static String desiredStatus(TaskView task) {
        return task.end() == null ? "RUNNING" : "STOPPED";
    }

    private static Map<String, ?> networkInterface(TaskView task) {
        return Map.of(
                "id",
                task.task(),
                "type",
                "ElasticNetworkInterface",
                "status",
                task.status() == TaskStatus.STOPPED ? "DELETED" : "ATTACHED",
                "details",
                List.of(
                        Map.of("name", "privateIPv4Address", "value", task.address()),
                        Map.of("name", "privateDnsName", "value", MeshNames.hostOf(task.service()))));
    }

    private static String stopCode(TaskEnd.By by) {
        return switch (by) {
            case USER -> "UserInitiated";
            case SCHEDULER -> "ServiceSchedulerInitiated";
            case ITSELF -> "EssentialContainerExited";
        };
    }

    private static String deploymentId(int number) {
        return String.format("ecs-svc/%019d", number);
    }

    /** In ECS a task is RUNNING as soon as its containers run; their health is separate. */
    private static TaskStatus lastStatus(TaskView task) {
        return isStarting(task) ? TaskStatus.RUNNING : task.status();
    }

    private static boolean isRunning(TaskView task) {
        return lastStatus(task) == TaskStatus.RUNNING;
    }

    private static boolean isStarting(TaskView task) {
        return task.status() == TaskStatus.PENDING;
    }

    private static int count(List<TaskView> tasks, Predicate<TaskView> which) {
        return (int) tasks.stream().filter(which).count();
    }
}
