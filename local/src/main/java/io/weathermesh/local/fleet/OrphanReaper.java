package io.weathermesh.local.fleet;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Kills the tasks' processes when this process ends, even if it is killed itself: a small shell reads every pid from a
 * pipe, and sends SIGKILL to those that still run when the pipe ends. It has no part in the stop of a task; that is
 * {@link StopSequence}.
 *
 * <p>Safe for use by many threads.
 */
public final class OrphanReaper implements AutoCloseable {
    private static final String SCRIPT = """
            trap '' INT HUP TERM
            pids=
            while read -r verb pid; do
              case $verb in
                started) pids="$pids $pid" ;;
                exited) left=; for p in $pids; do [ "$p" = "$pid" ] || left="$left $p"; done; pids=$left ;;
              esac
            done
            [ -z "$pids" ] || kill -9 $pids 2>/dev/null
            """;

    private final Process shell;
    private final Writer pipe;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();

    private OrphanReaper(Process shell) {
        this.shell = shell;
        this.pipe = shell.outputWriter(StandardCharsets.US_ASCII);
    }

    public static OrphanReaper start() throws IOException {
        return new OrphanReaper(new ProcessBuilder("sh", "-c", SCRIPT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /**
     * Starts a process, which does not outlive this one.
     *
     * @throws IOException if it cannot be started or the shell has ended; the process does not run then
     */
    public Process launch(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        try {
            watch(process);
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
        return process;
    }

    private void watch(Process process) throws IOException {
        send("started", process.pid());
        running.add(process);
        var unused = process.onExit().thenAccept(ended -> {
            running.remove(process);
            try {
                send("exited", ended.pid());
            } catch (IOException e) {
                // Closed: the shell has ended.
            }
        });
    }

    private synchronized void send(String verb, long pid) throws IOException {
        pipe.write(verb + " " + pid + "\n");
        pipe.flush();
    }

    /** Kills the processes that still run, and returns when they have ended. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            pipe.close();
        }
        ProcessExit.await(shell);
        running.forEach(ProcessExit::await);
    }
}
