package io.weathermesh.local.fleet;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** A task's process that this JVM has started. */
final class JvmProcess implements TaskProcess {
    private final Process process;
    private final ScheduledExecutorService brakes;
    private final CompletableFuture<Integer> exit;
    private @Nullable Brake brake;

    /** @param brakes the thread that lets slow processes stand still and go on */
    JvmProcess(Process process, ScheduledExecutorService brakes) {
        this.process = process;
        this.brakes = brakes;
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
        release();
        process.destroyForcibly();
    }

    @Override
    public void freeze() {
        release();
        signal("STOP");
    }

    @Override
    public void slow(Duration pause) {
        thaw();
        synchronized (this) {
            if (process.isAlive()) {
                brake = Brake.on(process.pid(), pause, brakes);
            }
        }
    }

    private synchronized void release() {
        if (brake != null) {
            brake.close();
            brake = null;
        }
    }

    @Override
    public void thaw() {
        release();
        signal("CONT");
    }

    private void signal(String name) {
        if (process.isAlive()) {
            Signals.send(name, process.pid());
        }
    }
}
