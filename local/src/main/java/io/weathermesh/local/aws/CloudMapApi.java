package io.weathermesh.local.aws;

import io.weathermesh.local.aws.CloudMapRegistry.Registration;
import io.weathermesh.mesh.Environment;
import io.weathermesh.mesh.InvalidSettingException;
import io.weathermesh.mesh.MeshNames;
import io.weathermesh.mesh.MeshTimings;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The API of Cloud Map, with one namespace and a fixed set of services. */
final class CloudMapApi implements AwsApi {
    private static final int MAX_LIST = 100;

    /** Cloud Map's limit of MaxResults of DiscoverInstances. */
    private static final int MAX_DISCOVERED = 1_000;

    /** Cloud Map's quota of instances for a service. */
    private static final int MAX_INSTANCES = 1_000;

    /** Cloud Map's quota of attributes for an instance. */
    private static final int MAX_ATTRIBUTES = 30;

    private static final String INITIAL_HEALTH = "AWS_INIT_HEALTH_STATUS";

    /** Ids become labels of DNS names, which the registry has in lower case. */
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    private final CloudMapRegistry registry;
    private final CloudMapShapes shapes;
    private final Random random;
    private final AtomicLong lastOperation = new AtomicLong();

    CloudMapApi(CloudMapRegistry registry, MeshTimings timings, Random random) {
        this.registry = registry;
        this.shapes = new CloudMapShapes(registry, timings);
        this.random = random;
    }

    @Override
    public Map<String, ?> call(String operation, AwsRequest request) {
        return switch (operation) {
            case "ListNamespaces" -> listNamespaces(request);
            case "GetNamespace" -> getNamespace(request);
            case "ListServices" -> listServices(request);
            case "GetService" -> Map.of("Service", shapes.service(serviceById(request, "Id")));
            case "ListInstances" -> listInstances(request);
            case "GetInstance" -> Map.of("Instance", CloudMapShapes.instance(instanceById(request)));
            case "GetInstancesHealthStatus" -> healthStatus(request);
            case "DiscoverInstances" -> discover(request);
            case "DiscoverInstancesRevision" -> Map.of("InstancesRevision", registry.revision(serviceByName(request)));
            case "RegisterInstance" -> register(request);
            case "DeregisterInstance" -> deregister(request);
            case "UpdateInstanceCustomHealthStatus" -> updateHealth(request);
            case "GetOperation" -> operation(request);
            default -> throw AwsException.unknownOperation("servicediscovery", operation);
        };
    }

    private Map<String, ?> listNamespaces(AwsRequest request) {
        request.allowOnly("Filters", "MaxResults", "NextToken");
        boolean matches = request.objects("Filters").stream().allMatch(filter -> {
            List<String> values = filter.texts("Values");
            return switch (filter.requiredText("Name")) {
                case "NAME", "HTTP_NAME" -> matches(filter, MeshNames.NAMESPACE, values);
                case "TYPE" -> values.contains("DNS_PRIVATE");
                case "RESOURCE_OWNER" -> values.contains("SELF");
                default -> throw filter.refused("The filter " + filter.requiredText("Name") + " is unknown.");
            };
        });
        return page(matches ? List.of(shapes.namespace()) : List.of(), request, "Namespaces");
    }

    private static boolean matches(AwsRequest filter, String name, List<String> values) {
        return filter.text("Condition").orElse("EQ").equals("BEGINS_WITH")
                ? values.stream().anyMatch(name::startsWith)
                : values.contains(name);
    }

    private Map<String, ?> getNamespace(AwsRequest request) {
        if (!Arns.nameIn(request.requiredText("Id")).equals(CloudMapRegistry.namespaceId())) {
            throw noNamespace(request.requiredText("Id"));
        }
        return Map.of("Namespace", shapes.namespace());
    }

    private Map<String, ?> listServices(AwsRequest request) {
        request.allowOnly("Filters", "MaxResults", "NextToken");
        boolean ours = request.objects("Filters").stream().allMatch(filter -> switch (filter.requiredText("Name")) {
            case "NAMESPACE_ID" ->
                filter.texts("Values").stream().anyMatch(id -> Arns.nameIn(id).equals(CloudMapRegistry.namespaceId()));
            case "RESOURCE_OWNER" -> filter.texts("Values").contains("SELF");
            default -> throw filter.refused("The filter " + filter.requiredText("Name") + " is unknown.");
        });
        Stream<String> names = ours ? registry.services().stream() : Stream.empty();
        return page(names.map(shapes::service).toList(), request, "Services");
    }

    private Map<String, ?> listInstances(AwsRequest request) {
        request.allowOnly("ServiceId", "MaxResults", "NextToken");
        return page(
                registry.instances(serviceById(request, "ServiceId")).stream()
                        .map(CloudMapShapes::instance)
                        .toList(),
                request,
                "Instances");
    }

    private Map<String, ?> healthStatus(AwsRequest request) {
        request.allowOnly("ServiceId", "Instances", "MaxResults", "NextToken");
        String service = serviceById(request, "ServiceId");
        List<String> only = request.texts("Instances");
        only.stream()
                .filter(id -> registry.instance(service, id).isEmpty())
                .findFirst()
                .ifPresent(id -> {
                    throw noInstance(id);
                });
        List<Registration> all = registry.instances(service).stream()
                .filter(instance -> only.isEmpty() || only.contains(instance.id()))
                .toList();
        Page<Registration> page =
                Page.of(all, request.number("MaxResults", MAX_LIST, 1, MAX_LIST), request.text("NextToken"), request);
        Map<String, String> status = new LinkedHashMap<>();
        page.items().forEach(instance -> status.put(instance.id(), CloudMapShapes.health(instance)));
        Map<String, Object> answer = page.response("Status", "NextToken");
        answer.put("Status", status);
        return answer;
    }

    private Map<String, ?> discover(AwsRequest request) {
        request.allowOnly(
                "NamespaceName",
                "ServiceName",
                "MaxResults",
                "QueryParameters",
                "OptionalParameters",
                "HealthStatus",
                "OwnerAccount");
        String service = serviceByName(request);
        List<Registration> found = new ArrayList<>(registry.instances(service));
        Map<String, String> must = request.map("QueryParameters");
        found.removeIf(instance -> !instance.attributes().entrySet().containsAll(must.entrySet()));
        Map<String, String> may = request.map("OptionalParameters");
        Predicate<Registration> preferred =
                instance -> instance.attributes().entrySet().containsAll(may.entrySet());
        if (found.stream().anyMatch(preferred)) {
            found.removeIf(preferred.negate());
        }
        keepByHealth(found, request);
        Collections.shuffle(found, random);
        int size = request.number("MaxResults", MAX_LIST, 1, MAX_DISCOVERED);
        return Map.of(
                "Instances",
                        found.stream()
                                .limit(size)
                                .map(CloudMapShapes::discovered)
                                .toList(),
                "InstancesRevision", registry.revision(service));
    }

    private static void keepByHealth(List<Registration> found, AwsRequest request) {
        switch (request.text("HealthStatus").orElse("HEALTHY_OR_ELSE_ALL")) {
            case "ALL" -> {}
            case "HEALTHY" -> found.removeIf(instance -> !instance.healthy());
            case "UNHEALTHY" -> found.removeIf(Registration::healthy);
            case "HEALTHY_OR_ELSE_ALL" -> {
                if (found.stream().anyMatch(Registration::healthy)) {
                    found.removeIf(instance -> !instance.healthy());
                }
            }
            default -> throw request.refused("HealthStatus must be HEALTHY, UNHEALTHY, ALL or HEALTHY_OR_ELSE_ALL.");
        }
    }

    private Map<String, ?> register(AwsRequest request) {
        request.allowOnly("ServiceId", "InstanceId", "CreatorRequestId", "Attributes");
        String service = serviceById(request, "ServiceId");
        String id = request.requiredText("InstanceId");
        if (!id.matches(LABEL)) {
            throw request.refused(
                    "The local twin takes an InstanceId of lower-case letters, digits and hyphens, but not '" + id
                            + "'.");
        }
        Map<String, String> attributes = new LinkedHashMap<>(request.map("Attributes"));
        if (attributes.size() > MAX_ATTRIBUTES) {
            throw request.refused("An instance has at most " + MAX_ATTRIBUTES + " attributes.");
        }
        boolean isNew = registry.instance(service, id).isEmpty();
        if (isNew && registry.instances(service).size() >= MAX_INSTANCES) {
            throw new AwsException("ResourceLimitExceeded", "A service has at most " + MAX_INSTANCES + " instances.");
        }
        InetSocketAddress address = address(request, attributes);
        String health = Optional.ofNullable(attributes.remove(INITIAL_HEALTH)).orElse("HEALTHY");
        registry.register(new Registration(service, id, attributes, isHealthy(request, health)), address);
        return operationDone();
    }

    private static InetSocketAddress address(AwsRequest request, Map<String, String> attributes) {
        String text = attributes.getOrDefault(CloudMapRegistry.IPV4, "");
        String port = attributes.getOrDefault(CloudMapRegistry.PORT, Integer.toString(MeshNames.GRPC_PORT));
        try {
            Environment given = new Environment(Map.of(CloudMapRegistry.IPV4, text, CloudMapRegistry.PORT, port));
            if (!text.isEmpty() && given.address(CloudMapRegistry.IPV4, "") instanceof Inet4Address ip) {
                return new InetSocketAddress(ip, given.integer(CloudMapRegistry.PORT, 0, 1, Environment.MAX_PORT));
            }
        } catch (InvalidSettingException e) {
            throw request.refused(String.valueOf(e.getMessage()));
        }
        throw request.refused(CloudMapRegistry.IPV4 + " is required, since the namespace answers with A records.");
    }

    private Map<String, ?> deregister(AwsRequest request) {
        Registration instance = instanceById(request);
        registry.deregister(instance.service(), instance.id());
        return operationDone();
    }

    private Map<String, ?> updateHealth(AwsRequest request) {
        Registration instance = instanceById(request);
        registry.health(instance.service(), instance.id(), isHealthy(request, request.requiredText("Status")));
        return Map.of();
    }

    private static boolean isHealthy(AwsRequest request, String status) {
        if (!status.equals("HEALTHY") && !status.equals("UNHEALTHY")) {
            throw request.refused("Status is " + status + ", but must be HEALTHY or UNHEALTHY.");
        }
        return status.equals("HEALTHY");
    }

    /** Every operation has succeeded when its response is sent. */
    private Map<String, ?> operationDone() {
        return Map.of("OperationId", "operation-" + lastOperation.incrementAndGet());
    }

    private Map<String, ?> operation(AwsRequest request) {
        String id = request.requiredText("OperationId");
        for (long number = lastOperation.get(); number > 0; number--) {
            if (id.equals("operation-" + number)) {
                return Map.of("Operation", Map.of("Id", id, "Status", "SUCCESS", "Targets", Map.of()));
            }
        }
        throw new AwsException("OperationNotFound", "There is no operation " + id + ".");
    }

    private String serviceByName(AwsRequest request) {
        String namespace = request.requiredText("NamespaceName");
        if (!namespace.equals(MeshNames.NAMESPACE)) {
            throw noNamespace(namespace);
        }
        String name = request.requiredText("ServiceName");
        return registry.services().stream().filter(name::equals).findFirst().orElseThrow(() -> noService(name));
    }

    private String serviceById(AwsRequest request, String member) {
        String id = request.requiredText(member);
        return registry.services().stream()
                .filter(name -> CloudMapRegistry.idOf(name).equals(Arns.nameIn(id)))
                .findFirst()
                .orElseThrow(() -> noService(id));
    }

    private Registration instanceById(AwsRequest request) {
        String id = request.requiredText("InstanceId");
        return registry.instance(serviceById(request, "ServiceId"), id).orElseThrow(() -> noInstance(id));
    }

    private static AwsException noNamespace(String name) {
        return new AwsException("NamespaceNotFound", "There is no namespace " + name + ".");
    }

    private static AwsException noService(String name) {
        return new AwsException("ServiceNotFound", "There is no service " + name + ".");
    }

    private static AwsException noInstance(String id) {
        return new AwsException("InstanceNotFound", "There is no instance " + id + ".");
    }

    private static Map<String, ?> page(List<?> all, AwsRequest request, String name) {
        return Page.of(all, request.number("MaxResults", MAX_LIST, 1, MAX_LIST), request.text("NextToken"), request)
                .response(name, "NextToken");
    }
}
