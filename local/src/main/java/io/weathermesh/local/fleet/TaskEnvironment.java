package io.weathermesh.local.fleet;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Everything that a task uses.
 *
 * @param probing the one thread that uses probes
 * @param thread the one thread that uses tasks
 */
record TaskEnvironment(
        TaskLauncher launcher,
        HealthProbe.Maker probes,
        Executor probing,
        Registrar registrar,
        Targets targets,
        EventLog events,
        FleetRules rules,
        Clock clock,
        ScheduledExecutorService thread) {
    void later(Duration delay, Runnable action) {
        var unused = thread.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
}
