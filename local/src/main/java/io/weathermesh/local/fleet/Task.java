package io.weathermesh.local.fleet;

import io.weathermesh.aggregator.rest.GatewayNames;
import io.weathermesh.mesh.MeshNames;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One task from start to end: registered when it is healthy, checked while it runs, and stopped by its {@link
 * StopSequence}. Used by the fleet's thread alone.
 */
final class Task {
    private static final Duration CHECK_WHILE_STARTING = Duration.ofMillis(200);
    private static final Duration CHECK_WHILE_RUNNING = Duration.ofSeconds(2);
    private static final int FAILURES_TO_UNHEALTHY = 3;

    private final ServiceDefinition service;
    private final int number;
    private final int deployment;
    private final TaskEnvironment environment;
    private final Runnable changed;
    private final TaskProcess process;
    private final LazyProbe probe;
    private final Instant startTime;
    private TaskStatus status = TaskStatus.PENDING;
    private TaskHealth health = TaskHealth.UNKNOWN;
    private Instant healthSince;
    private int failures;
    private @Nullable TaskEnd end;

    private Task(
            ServiceDefinition service,
            int number,
            int deployment,
            TaskEnvironment environment,
            Runnable changed,
            TaskProcess process) {
        this.service = service;
        this.number = number;
        this.deployment = deployment;
        this.environment = environment;
        this.changed = changed;
        this.process = process;
        probe = new LazyProbe(
                () -> environment.probes().probe(service, service.addressOf(number)), environment.probing());
        startTime = environment.clock().instant();
        healthSince = startTime;
    }

    /**
     * Starts the process.
     *
     * @param changed runs on the fleet's thread after each change of the task's status
     */
    static Task start(
            ServiceDefinition service, int number, int deployment, TaskEnvironment environment, Runnable changed)
            throws IOException {
        TaskProcess process =
                environment.launcher().launch(service, nameOf(service, number), service.addressOf(number));
        Task task = new Task(service, number, deployment, environment, changed, process);
        task.log("starts on " + task.address() + " (pid " + process.pid() + ")");
        var unused = process.exit().thenAcceptAsync(task::ended, environment.thread());
        task.checkAfter(CHECK_WHILE_STARTING);
        return task;
    }

    private static String nameOf(ServiceDefinition service, int number) {
        return service.name() + "-" + number;
    }

    String name() {
        return nameOf(service, number);
    }

    int number() {
        return number;
    }

    int deployment() {
        return deployment;
    }

    TaskStatus status() {
        return status;
    }

    boolean isHealthy() {
        return health == TaskHealth.HEALTHY;
    }

    /** Whether it counts for the desired count: it is neither being stopped nor stopped. */
    boolean isWanted() {
        return end == null && status != TaskStatus.STOPPED;
    }

    /** Whether the fleet stopped it, and its process did not end by itself. */
    boolean wasStopped() {
        return end != null && end.by() != TaskEnd.By.ITSELF;
    }

    TaskProcess process() {
        return process;
    }

    String address() {
        return service.addressOf(number).getHostAddress();
    }

    TaskView view() {
        return new TaskView(
                service.name(),
                name(),
                address(),
                MeshNames.GRPC_PORT,
                MeshNames.ADMIN_PORT,
                process.pid(),
                status,
                health,
                startTime,
                deployment,
                end,
                process.fault());
    }

    /** Starts to stop it, once. */
    void stop(String reason, TaskEnd.By by) {
        if (end != null || status == TaskStatus.STOPPED) {
            return;
        }
        end = new TaskEnd(by, reason, environment.clock().instant(), null, null);
        InetSocketAddress target = service.behindBalancer() ? http() : null;
        new StopSequence(service.name(), name(), target, process, environment, next -> status = next)
                .start(reason, status == TaskStatus.RUNNING);
        changed.run();
    }

    private void ended(int exitCode) {
        TaskStatus before = status;
        Instant now = environment.clock().instant();
        boolean stopped = end != null;
        TaskEnd began = end == null ? new TaskEnd(TaskEnd.By.ITSELF, "its process ended", now, null, null) : end;
        end = began.withExit(now, exitCode);
        status = TaskStatus.STOPPED;
        probe.close();
        if (before == TaskStatus.RUNNING) {
            environment.registrar().deregister(service.name(), name());
            if (service.behindBalancer()) {
                var unused = environment.targets().remove(http());
            }
        }
        log(stopped ? "has stopped (exit code " + exitCode + ")" : "died (exit code " + exitCode + ")");
        changed.run();
    }

    private void checkAfter(Duration delay) {
        environment.later(delay, () -> {
            if (isWanted()) {
                var unused = probe.check().thenAcceptAsync(this::checked, environment.thread());
            }
        });
    }

    private void checked(boolean ok) {
        if (!isWanted()) {
            return;
        }
        failures = ok ? 0 : failures + 1;
        if (status == TaskStatus.PENDING) {
            checkedWhileStarting(ok);
        } else {
            checkedWhileRunning(ok);
        }
        checkAfter(status == TaskStatus.PENDING ? CHECK_WHILE_STARTING : CHECK_WHILE_RUNNING);
    }

    private void checkedWhileStarting(boolean ok) {
        if (ok) {
            status = TaskStatus.RUNNING;
            become(TaskHealth.HEALTHY);
            environment.registrar().register(service.name(), name(), grpc());
            if (service.behindBalancer()) {
                environment.targets().add(http());
            }
            log(String.format(
                    Locale.ROOT,
                    "is healthy after %.1f s, and registered",
                    since(startTime).toMillis() / 1000.0));
            changed.run();
        } else if (since(startTime).compareTo(environment.rules().startPeriod()) > 0) {
            stop(
                    "not healthy " + environment.rules().startPeriod().toSeconds() + " s after its start",
                    TaskEnd.By.SCHEDULER);
        }
    }

    private void checkedWhileRunning(boolean ok) {
        if (ok && health == TaskHealth.UNHEALTHY) {
            become(TaskHealth.HEALTHY);
            environment.registrar().health(service.name(), name(), true);
            log("is healthy again");
        } else if (health == TaskHealth.HEALTHY && failures >= FAILURES_TO_UNHEALTHY) {
            become(TaskHealth.UNHEALTHY);
            environment.registrar().health(service.name(), name(), false);
            log("is unhealthy: " + failures + " checks in a row failed");
        } else if (health == TaskHealth.UNHEALTHY
                && since(healthSince).compareTo(environment.rules().unhealthyLimit()) > 0) {
            stop("unhealthy for " + environment.rules().unhealthyLimit().toSeconds() + " s", TaskEnd.By.SCHEDULER);
        }
    }

    private void become(TaskHealth next) {
        health = next;
        healthSince = environment.clock().instant();
    }

    private Duration since(Instant then) {
        return Duration.between(then, environment.clock().instant());
    }

    private void log(String change) {
        environment.events().log(name(), change);
    }

    private InetSocketAddress grpc() {
        return new InetSocketAddress(service.addressOf(number), MeshNames.GRPC_PORT);
    }

    private InetSocketAddress http() {
        return new InetSocketAddress(service.addressOf(number), GatewayNames.HTTP_PORT);
    }
}
