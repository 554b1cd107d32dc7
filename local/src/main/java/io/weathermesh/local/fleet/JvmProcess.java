package io.weathermesh.local.fleet;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A task's process that this JVM has started. */
final class JvmProcess implements TaskProcess {
    /** Ends when the process has gone: nobody can be told to stop then. */
    private static final String BRAKE = """
            while kill -STOP "$1" && sleep "$2" && kill -CONT "$1"; do sleep 0.02; done 2>/dev/null
            """;

    private final Process process;
    private final CompletableFuture<Integer> exit;
    private @Nullable Process brake;

    JvmProcess(Process process) {
        this.process = process;
        this.exit = process.onExit().thenApply(Process::exitValue);
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
        process.destroyForcibly();
    }

    @Override
    public void freeze() {
        signal("STOP");
    }

    @Override
    public void slow(Duration pause) {
        release();
        if (!process.isAlive()) {
            return;
        }
        try {
            brake = new ProcessBuilder(
                            "sh",
                            "-c",
                            BRAKE,
                            "brake",
                            Long.toString(process.pid()),
                            String.format(Locale.ROOT, "%.3f", pause.toMillis() / 1000.0))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException("cannot run sh", e);
        }
    }

    private void release() {
        if (brake != null) {
            brake.destroyForcibly().onExit().join();
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
