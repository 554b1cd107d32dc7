package io.weathermesh.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.servicediscovery.model.CustomHealthStatus;
import software.amazon.awssdk.services.servicediscovery.model.HealthStatus;
import software.amazon.awssdk.services.servicediscovery.model.HealthStatusFilter;
import software.amazon.awssdk.services.servicediscovery.model.HttpInstanceSummary;
import software.amazon.awssdk.services.servicediscovery.model.InstanceNotFoundException;
import software.amazon.awssdk.services.servicediscovery.model.InvalidInputException;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceNotFoundException;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceSummary;
import software.amazon.awssdk.services.servicediscovery.model.OperationStatus;
import software.amazon.awssdk.services.servicediscovery.model.RecordType;
import software.amazon.awssdk.services.servicediscovery.model.ResourceLimitExceededException;
import software.amazon.awssdk.services.servicediscovery.model.ServiceDiscoveryException;
import software.amazon.awssdk.services.servicediscovery.model.ServiceFilterName;
import software.amazon.awssdk.services.servicediscovery.model.ServiceNotFoundException;
import software.amazon.awssdk.services.servicediscovery.model.ServiceSummary;

/** The AWS SDK against a registry that is filled by hand. */
final class CloudMapApiTest {
    private static final String HUMIDITY = "humidity-provider";

    private final AwsTwin twin = new AwsTwin();

    CloudMapApiTest() throws IOException {}

    @AfterEach
    void close() {
        twin.close();
    }

    @Test
    void theNamespaceAndItsServicesAreListed() {
        NamespaceSummary namespace =
                twin.cloudMap.listNamespaces(ask -> {}).namespaces().get(0);
        assertThat(namespace.name()).isEqualTo("weather-api");
        assertThat(namespace.properties().dnsProperties().soa().ttl()).isEqualTo(5);
        List<ServiceSummary> services = twin.cloudMap
                .listServices(ask -> ask.filters(
                        filter -> filter.name(ServiceFilterName.NAMESPACE_ID).values(namespace.id())))
                .services();
        assertThat(services)
                .extracting(ServiceSummary::name)
                .containsExactly(HUMIDITY, "temperature-provider", "weather-aggregator");
        assertThat(services.get(0).dnsConfig().dnsRecords()).anySatisfy(record -> {
            assertThat(record.type()).isEqualTo(RecordType.A);
            assertThat(record.ttl()).isEqualTo(10);
        });
    }

    @Test
    void tasksAreDiscoveredWithTheAttributesThatEcsGives() {
        register(2);
        assertThat(discover(HealthStatusFilter.HEALTHY)).hasSize(2).allSatisfy(instance -> assertThat(
                        instance.attributes())
                .containsKeys("AWS_INSTANCE_IPV4", "AVAILABILITY_ZONE")
                .containsEntry("AWS_INSTANCE_PORT", "50051")
                .containsEntry("ECS_SERVICE_NAME", HUMIDITY)
                .containsEntry("ECS_CLUSTER_NAME", "weather"));
        assertThat(twin.cloudMap
                        .listInstances(ask -> ask.serviceId(CloudMapRegistry.idOf(HUMIDITY)))
                        .instances())
                .hasSize(2);
    }

    @Test
    void unhealthyTargetsAreLeftOutUnlessAllAre() {
        register(2);
        twin.registry.health(HUMIDITY, "humidity-provider-1", false);
        assertThat(discover(HealthStatusFilter.HEALTHY_OR_ELSE_ALL))
                .extracting(HttpInstanceSummary::instanceId)
                .containsExactly("humidity-provider-2");
        assertThat(discover(HealthStatusFilter.UNHEALTHY)).hasSize(1);
        assertThat(discover(HealthStatusFilter.ALL)).hasSize(2);
        twin.registry.health(HUMIDITY, "humidity-provider-2", false);
        assertThat(discover(HealthStatusFilter.HEALTHY_OR_ELSE_ALL)).hasSize(2);
        assertThat(discover(HealthStatusFilter.HEALTHY)).isEmpty();
        assertThat(twin.cloudMap
                        .getInstancesHealthStatus(ask -> ask.serviceId(CloudMapRegistry.idOf(HUMIDITY)))
                        .status())
                .containsEntry("humidity-provider-1", HealthStatus.UNHEALTHY);
    }

    @Test
    void theRevisionChangesWithRegistrationsAndNotWithHealth() {
        register(1);
        long before = revision();
        twin.registry.health(HUMIDITY, "humidity-provider-1", false);
        assertThat(revision()).isEqualTo(before);
        register(2);
        assertThat(revision()).isGreaterThan(before);
    }

    @Test
    void aTaskStartedByHandIsRegisteredAndDeregistered() {
        String operation = twin.cloudMap
                .registerInstance(ask -> ask.serviceId(CloudMapRegistry.idOf(HUMIDITY))
                        .instanceId("mine")
                        .attributes(Map.of("AWS_INSTANCE_IPV4", "127.0.2.77", "built", "by hand")))
                .operationId();
        assertThat(twin.cloudMap
                        .getOperation(ask -> ask.operationId(operation))
                        .operation()
                        .status())
                .isEqualTo(OperationStatus.SUCCESS);
        assertThat(twin.dns).containsExactly("register mine 127.0.2.77:50051");
        assertThat(twin.cloudMap
                        .discoverInstances(ask -> ask.namespaceName("weather-api")
                                .serviceName(HUMIDITY)
                                .queryParameters(Map.of("built", "by hand")))
                        .instances())
                .hasSize(1);
        twin.cloudMap.updateInstanceCustomHealthStatus(ask -> ask.serviceId(CloudMapRegistry.idOf(HUMIDITY))
                .instanceId("mine")
                .status(CustomHealthStatus.UNHEALTHY));
        twin.cloudMap.deregisterInstance(
                ask -> ask.serviceId(CloudMapRegistry.idOf(HUMIDITY)).instanceId("mine"));
        assertThat(twin.dns).endsWith("unhealthy mine", "deregister mine");
        assertThat(discover(HealthStatusFilter.ALL)).isEmpty();
    }

    @Test
    void anInvalidInstanceIsRefusedAndNotPublished() {
        List<Map<String, String>> wrong = List.of(
                Map.of(),
                Map.of("AWS_INSTANCE_IPV4", "example.com"),
                Map.of("AWS_INSTANCE_IPV4", "::1"),
                Map.of("AWS_INSTANCE_IPV4", "127.0.2.77", "AWS_INSTANCE_PORT", "many"));
        for (Map<String, String> attributes : wrong) {
            assertThatThrownBy(
                            () -> twin.cloudMap.registerInstance(ask -> ask.serviceId(CloudMapRegistry.idOf(HUMIDITY))
                                    .instanceId("mine")
                                    .attributes(attributes)))
                    .as(attributes.toString())
                    .isInstanceOf(InvalidInputException.class);
        }
        assertThatThrownBy(() -> twin.cloudMap.registerInstance(ask -> ask.serviceId(CloudMapRegistry.idOf(HUMIDITY))
                        .instanceId("Not a label")
                        .attributes(Map.of("AWS_INSTANCE_IPV4", "127.0.2.77"))))
                .isInstanceOf(InvalidInputException.class);
        assertThat(twin.dns).isEmpty();
    }

    @Test
    void aFullServiceAcceptsANewAddressOfAnInstanceAndNoNewInstance() {
        for (int number = 1; number <= 1_000; number++) {
            twin.registry.register(HUMIDITY, "task-" + number, new InetSocketAddress("127.0.2.1", 50051));
        }
        registerByHand("task-1");
        assertThat(twin.dns).endsWith("register task-1 127.0.2.77:50051");
        assertThatThrownBy(() -> registerByHand("one-too-many")).isInstanceOf(ResourceLimitExceededException.class);
        assertThat(twin.dns).hasSize(1_001);
    }

    private void registerByHand(String id) {
        twin.cloudMap.registerInstance(ask -> ask.serviceId(CloudMapRegistry.idOf(HUMIDITY))
                .instanceId(id)
                .attributes(Map.of("AWS_INSTANCE_IPV4", "127.0.2.77")));
    }

    @Test
    void missingThingsHaveTheErrorsOfAws() {
        assertThatThrownBy(() -> twin.cloudMap.discoverInstances(
                        ask -> ask.namespaceName("elsewhere").serviceName(HUMIDITY)))
                .isInstanceOf(NamespaceNotFoundException.class);
        assertThatThrownBy(() -> twin.cloudMap.discoverInstances(
                        ask -> ask.namespaceName("weather-api").serviceName("unknown-provider")))
                .isInstanceOf(ServiceNotFoundException.class);
        assertThatThrownBy(() -> twin.cloudMap.deregisterInstance(
                        ask -> ask.serviceId(CloudMapRegistry.idOf(HUMIDITY)).instanceId("mine")))
                .isInstanceOf(InstanceNotFoundException.class);
        assertThatThrownBy(() -> twin.cloudMap.deleteNamespace(ask -> ask.id("ns-weather-api")))
                .isInstanceOfSatisfying(ServiceDiscoveryException.class, refusal -> assertThat(
                                refusal.awsErrorDetails().errorCode())
                        .isEqualTo("UnknownOperationException"))
                .hasMessageContaining("servicediscovery:DeleteNamespace");
    }

    private void register(int tasks) {
        for (int number = 1; number <= tasks; number++) {
            twin.registry.register(
                    HUMIDITY, "humidity-provider-" + number, new InetSocketAddress("127.0.2." + number, 50051));
        }
    }

    private List<HttpInstanceSummary> discover(HealthStatusFilter health) {
        return twin.cloudMap
                .discoverInstances(ask ->
                        ask.namespaceName("weather-api").serviceName(HUMIDITY).healthStatus(health))
                .instances();
    }

    private long revision() {
        return twin.cloudMap
                .discoverInstancesRevision(
                        ask -> ask.namespaceName("weather-api").serviceName(HUMIDITY))
                .instancesRevision();
    }
}
