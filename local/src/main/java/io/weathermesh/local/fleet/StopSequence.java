package io.weathermesh.local.fleet;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stops a task in the order of ECS: the load balancer deregisters it and lets its requests finish, Cloud Map deregisters
 * it (without a wait for any TTL), SIGTERM, and SIGKILL after the stop timeout. Used by the fleet's thread alone.
 */
final class StopSequence {
    private final String service;
    private final String task;
    private final @Nullable InetSocketAddress target;
    private final TaskProcess process;
    private final TaskEnvironment environment;
    private final Consumer<TaskStatus> status;

    /**
     * @param target the task as a target of the load balancer; null if it is none
     * @param status receives DEACTIVATING and STOPPING as the sequence reaches them
     */
    StopSequence(
            String service,
            String task,
            @Nullable InetSocketAddress target,
            TaskProcess process,
            TaskEnvironment environment,
            Consumer<TaskStatus> status) {
        this.service = service;
        this.task = task;
        this.target = target;
        this.process = process;
        this.environment = environment;
        this.status = status;
    }

    /**
     * Starts the sequence; returns at once.
     *
     * @param registered whether the task is registered, in Cloud Map and as a target
     */
    void start(String reason, boolean registered) {
        InetSocketAddress drained = registered ? target : null;
        log("stops (" + reason + ")" + (drained == null ? "" : ": the load balancer lets its requests finish"));
        if (drained != null) {
            status.accept(TaskStatus.DEACTIVATING);
            var unused = environment
                    .targets()
                    .remove(drained)
                    .whenCompleteAsync((finished, failure) -> terminate(), environment.thread());
        }
        if (registered) {
            environment.registrar().deregister(service, task);
        }
        if (drained == null) {
            terminate();
        }
    }

    private void terminate() {
        if (process.exit().isDone()) {
            return;
        }
        status.accept(TaskStatus.STOPPING);
        process.terminate();
        Duration stopTimeout = environment.rules().stopTimeout();
        environment.later(stopTimeout, () -> {
            if (!process.exit().isDone()) {
                log("has not exited " + stopTimeout.toSeconds() + " s after SIGTERM: SIGKILL");
                process.kill();
            }
        });
    }

    private void log(String event) {
        environment.events().log(task, event);
    }
}
