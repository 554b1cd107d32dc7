package io.weathermesh.local.fleet;

import java.util.concurrent.CompletableFuture;

/** A task's process that this JVM has started. */
final class JvmProcess implements TaskProcess {
    private final Process process;
    private final CompletableFuture<Integer> exit;

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
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        if (process.isAlive()) {
            Signals.send(name, process.pid());
        }
    }
}
