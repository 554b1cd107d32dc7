package io.weathermesh.local.fleet;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Sees to it that no task outlives this process, not even when it is killed: a small shell that is told every pid
 * through a pipe, and kills those that are left when the pipe ends.
 *
 * <p>Safe for use by many threads.
 */
public final class OrphanReaper implements AutoCloseable {
    private static final String SCRIPT = """
            trap '' INT HUP TERM
            pids=
            while read -r verb pid; do
              case $verb in
                born) pids="$pids $pid" ;;
                gone) left=; for p in $pids; do [ "$p" = "$pid" ] || left="$left $p"; done; pids=$left ;;
              esac
            done
            [ -z "$pids" ] || kill -9 $pids 2>/dev/null
            """;

    private final Process shell;
    private final Writer pipe;

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
     * Starts a process and watches over it until it ends.
     *
     * @throws IOException if it cannot be started, or not be watched: then it does not run either
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
        tell("born", process.pid());
        var unused = process.onExit().thenAccept(ended -> {
            try {
                tell("gone", ended.pid());
            } catch (IOException e) {
                // It has been closed: there is nothing left to watch over.
            }
        });
    }

    private synchronized void tell(String verb, long pid) throws IOException {
        pipe.write(verb + " " + pid + "\n");
        pipe.flush();
    }

    /** Kills what is left. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            pipe.close();
        }
        ProcessExit.await(shell);
    }
}
