package io.weathermesh.local.fleet;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** A task's process that this JVM has started. */
final class JvmProcess implements TaskProcess {
    private final Process process;
    private final ScheduledExecutorService throttles;
    private final CompletableFuture<Integer> exit;
    private @Nullable Throttle throttle;

    /** @param throttles the thread that lets slow processes stand still and go on */
    JvmProcess(Process process, ScheduledExecutorService throttles) {
        this.process = process;
        this.throttles = throttles;
        this.exit = process.onExit().thenApply(ended -> {
            release();
            return ended.exitValue();
        });
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public CompletableFuture<Integer> exit() {
        return exit;
    }

    @Override
    public void terminate() {
        process.destroy();
    }

    @Override
    public void kill() {
        // First, since whoever sends another signal now holds the lock.
        process.destroyForcibly();
        release();
    }

    @Override
    public synchronized void freeze() {
        release();
        signal("STOP");
    }

    @Override
    public synchronized void slow(Duration pause) {
        thaw();
        if (process.isAlive()) {
            throttle = Throttle.on(process.pid(), pause, throttles);
        }
    }

    private synchronized void release() {
        if (throttle != null) {
            throttle.close();
            throttle = null;
        }
    }

    @Override
    public synchronized void thaw() {
        release();
        signal("CONT");
    }

    private void signal(String name) {
        if (process.isAlive()) {
            Signals.send(name, process.pid());
        }
    }
}
