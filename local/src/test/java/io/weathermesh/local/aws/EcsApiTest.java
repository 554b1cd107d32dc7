package io.weathermesh.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weathermesh.local.fleet.ServiceDefinition;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** The AWS SDK against a fleet whose tasks have no processes. */
final class EcsApiTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String HUMIDITY = "humidity-provider";

    private final AwsTwin twin = new AwsTwin();

    EcsApiTest() throws IOException {}

    @BeforeEach
    void run() {
        twin.fleet.run(ServiceDefinition.TEMPERATURE, 1);
        twin.fleet.run(ServiceDefinition.HUMIDITY, 2);
        awaitSteady();
    }

    @AfterEach
    void close() {
        twin.close();
    }

    @Test
    void theClusterAndItsServicesAreListed() {
        String cluster = twin.ecs.listClusters().clusterArns().get(0);
        assertThat(twin.ecs.describeClusters(ask -> ask.clusters(cluster)).clusters())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.clusterName()).isEqualTo("weather");
                    assertThat(found.runningTasksCount()).isEqualTo(3);
                });
        assertThat(twin.ecs.listServices(ask -> ask.cluster(cluster)).serviceArns())
                .hasSize(2)
                .anyMatch(arn -> arn.endsWith("service/weather/humidity-provider"));
    }

    @Test
    void aServiceGetsTheDesiredCountOfTheRequest() {
        Service updated = twin.ecs
                .updateService(ask -> ask.cluster("weather").service(HUMIDITY).desiredCount(3))
                .service();
        assertThat(updated.desiredCount()).isEqualTo(3);
        await().atMost(PATIENCE).until(() -> humidity().runningCount() == 3);
        awaitSteady();
        assertThat(twin.fleet.tasks()).hasSize(4);
        assertThat(twin.dns).contains("register humidity-provider-3 127.0.2.3:50051");
        assertThat(humidity().deployments()).singleElement().satisfies(deployment -> assertThat(
                        deployment.rolloutStateAsString())
                .isEqualTo("COMPLETED"));
    }

    @Test
    void aNewDeploymentReplacesAllTasks() {
        Service before = humidity();
        twin.ecs.updateService(ask -> ask.service(before.serviceArn()).forceNewDeployment(true));
        await().atMost(PATIENCE)
                .until(() -> humidity().deployments().size() == 1 && humidity().runningCount() == 2);
        assertThat(humidity().deployments())
                .extracting(Deployment::id)
                .isNotEqualTo(before.deployments().stream().map(Deployment::id).toList());
        awaitSteady();
        assertThat(runningTasks())
                .extracting(task -> Arns.nameIn(task.taskArn()))
                .containsExactlyInAnyOrder("humidity-provider-3", "humidity-provider-4");
    }

    @Test
    void aStoppedTaskIsKeptAndReplaced() {
        Task stopped = twin.ecs
                .stopTask(ask -> ask.task("humidity-provider-1").reason("it looks tired"))
                .task();
        assertThat(stopped.desiredStatus()).isEqualTo("STOPPED");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(twin.ecs
                        .describeTasks(ask -> ask.tasks(stopped.taskArn()))
                        .tasks())
                .singleElement()
                .satisfies(task -> {
                    assertThat(task.lastStatus()).isEqualTo("STOPPED");
                    assertThat(task.stopCode()).isEqualTo(TaskStopCode.USER_INITIATED);
                    assertThat(task.stoppedReason()).isEqualTo("it looks tired");
                    assertThat(task.stoppedAt()).isAfterOrEqualTo(task.startedAt());
                    assertThat(task.containers().get(0).exitCode()).isEqualTo(143);
                }));
        await().atMost(PATIENCE).until(() -> humidity().runningCount() == 2);
        awaitSteady();
        assertThat(twin.ecs
                        .listTasks(ask -> ask.desiredStatus(DesiredStatus.STOPPED))
                        .taskArns())
                .containsExactly(stopped.taskArn());
        // A second request has the same response and stops no other task.
        twin.ecs.stopTask(ask -> ask.task(stopped.taskArn()));
        assertThat(twin.fleet.isSteady()).isTrue();
    }

    @Test
    void tasksHaveTheirAddressesAndTheirHealth() {
        assertThat(runningTasks()).hasSize(2).allSatisfy(task -> {
            assertThat(task.healthStatus()).isEqualTo(HealthStatus.HEALTHY);
            assertThat(task.group()).isEqualTo("service:humidity-provider");
            assertThat(task.containers().get(0).networkInterfaces().get(0).privateIpv4Address())
                    .startsWith("127.0.2.");
        });
    }

    @Test
    void longListsHavePages() {
        assertThat(twin.ecs.listTasksPaginator(ask -> ask.maxResults(2)).taskArns())
                .hasSize(3)
                .doesNotHaveDuplicates();
        assertThat(twin.ecs.listServicesPaginator(ask -> ask.maxResults(1)).serviceArns())
                .hasSize(2);
    }

    @Test
    void missingThingsHaveTheErrorsOfAws() {
        assertThatThrownBy(() -> twin.ecs.updateService(
                        ask -> ask.service("unknown-provider").desiredCount(1)))
                .isInstanceOf(ServiceNotFoundException.class);
        assertThatThrownBy(() -> twin.ecs.listServices(ask -> ask.cluster("elsewhere")))
                .isInstanceOf(ClusterNotFoundException.class);
        assertThatThrownBy(() -> twin.ecs.stopTask(ask -> ask.task("humidity-provider-9")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("The referenced task was not found.");
        assertThat(twin.ecs
                        .describeServices(ask -> ask.services("unknown-provider"))
                        .failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo("MISSING"));
        assertThat(twin.ecs
                        .describeTasks(ask -> ask.tasks("humidity-provider-9"))
                        .failures())
                .hasSize(1);
    }

    @Test
    void unsupportedParametersAreNamedAndNotIgnored() {
        assertThatThrownBy(() -> twin.ecs.createCluster(ask -> ask.clusterName("second")))
                .isInstanceOfSatisfying(EcsException.class, refusal -> assertThat(
                                refusal.awsErrorDetails().errorCode())
                        .isEqualTo("UnknownOperationException"))
                .hasMessageContaining("ecs:CreateCluster");
        assertThatThrownBy(() ->
                        twin.ecs.updateService(ask -> ask.service(HUMIDITY).taskDefinition("humidity-provider:2")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("taskDefinition");
        assertThatThrownBy(() ->
                        twin.ecs.updateService(ask -> ask.service(HUMIDITY).desiredCount(-1)))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() ->
                        twin.ecs.updateService(ask -> ask.service(HUMIDITY).desiredCount(4_000)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("between 0 and 120");
    }

    private Service humidity() {
        return twin.ecs
                .describeServices(ask -> ask.services(HUMIDITY))
                .services()
                .get(0);
    }

    private List<Task> runningTasks() {
        List<String> arns = twin.ecs
                .listTasks(ask -> ask.serviceName(HUMIDITY).desiredStatus(DesiredStatus.RUNNING))
                .taskArns();
        return twin.ecs.describeTasks(ask -> ask.tasks(arns)).tasks();
    }

    private void awaitSteady() {
        await().atMost(PATIENCE).until(twin.fleet::isSteady);
    }
}
