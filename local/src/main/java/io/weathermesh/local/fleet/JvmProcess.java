package io.weathermesh.local.fleet;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** A child process of this JVM. */
final class JvmProcess implements TaskProcess {
    private final Process process;
    private final ScheduledExecutorService throttles;
    private final CompletableFuture<Integer> exit;
    private @Nullable Throttle throttle;
    private volatile @Nullable String fault;

    /** @param throttles the thread that suspends and resumes slow processes */
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
        // First: the lock may be held while another signal is sent.
        process.destroyForcibly();
        release();
    }

    @Override
    public synchronized void freeze() {
        release();
        signal("STOP");
        fault = "frozen";
    }

    @Override
    public synchronized void slow(Duration pause) {
        thaw();
        if (process.isAlive()) {
            throttle = Throttle.on(process.pid(), pause, throttles);
            fault = "slow by up to " + pause.toMillis() + " ms";
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
        fault = null;
    }

    @Override
    public @Nullable String fault() {
        return process.isAlive() ? fault : null;
    }

    private void signal(String name) {
        if (process.isAlive()) {
            Signals.send(name, process.pid());
        }
    }
}
