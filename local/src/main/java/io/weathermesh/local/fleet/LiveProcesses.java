package io.weathermesh.local.fleet;

import java.io.IOException;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Launches tasks and keeps the processes that have not ended, so that all can be killed without the thread that launches
 * them. Safe for use by many threads.
 */
final class LiveProcesses implements TaskLauncher, AutoCloseable {
    /** A guard: a killed process ends in milliseconds, on a stalled machine in seconds. */
    private static final Duration END_LIMIT = Duration.ofMinutes(1);

    private final TaskLauncher launcher;
    private final Duration endLimit;
    private final Set<TaskProcess> live = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    LiveProcesses(TaskLauncher launcher) {
        this(launcher, END_LIMIT);
    }

    LiveProcesses(TaskLauncher launcher, Duration endLimit) {
        this.launcher = launcher;
        this.endLimit = endLimit;
    }

    @Override
    public TaskProcess launch(ServiceDefinition service, String task, Inet4Address address) throws IOException {
        if (closed) {
            throw new IOException("the fleet is closed");
        }
        TaskProcess process = launcher.launch(service, task, address);
        live.add(process);
        var unused = process.exit().whenComplete((code, failure) -> live.remove(process));
        if (closed) {
            process.kill();
        }
        return process;
    }

    @Override
    public boolean hasAddress(Inet4Address address) {
        return launcher.hasAddress(address);
    }

    /**
     * Kills all processes, and returns when they have ended. A process that is launched in the meantime is killed too.
     *
     * @throws IllegalStateException if one has not ended within the limit
     */
    @Override
    public void close() {
        closed = true;
        List<TaskProcess> all = List.copyOf(live);
        all.forEach(TaskProcess::kill);
        try {
            CompletableFuture.allOf(all.stream().map(TaskProcess::exit).toArray(CompletableFuture[]::new))
                    .get(endLimit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "these processes have not ended " + endLimit.toSeconds() + " s after SIGKILL: "
                            + live.stream().map(TaskProcess::pid).sorted().toList(),
                    e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
