package io.weathermesh.local.fleet;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Suspends a process for a while, again and again, until it is closed. One shell sends the signals, since a process for each
 * would be expensive; the shell ends with this JVM, with the process, and at close.
 */
final class Throttle implements AutoCloseable {
    /** Ends with its input, or when the process has ended. */
    private static final String SCRIPT =
            "while read -r signal; do kill -\"$signal\" \"$1\" || exit 0; done 2>/dev/null";

    /** The time that the process runs between two pauses. */
    private static final Duration RUN_TIME = Duration.ofMillis(20);

    private final Process shell;
    private final Writer signals;
    private final Duration pause;
    private final ScheduledExecutorService thread;
    private boolean closed;

    private Throttle(Process shell, Duration pause, ScheduledExecutorService thread) {
        this.shell = shell;
        this.signals = shell.outputWriter(StandardCharsets.US_ASCII);
        this.pause = pause;
        this.thread = thread;
    }

    static Throttle on(long pid, Duration pause, ScheduledExecutorService thread) {
        try {
            Process shell = new ProcessBuilder("sh", "-c", SCRIPT, "throttle", Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Throttle throttle = new Throttle(shell, pause, thread);
            throttle.stop();
            return throttle;
        } catch (IOException e) {
            throw new IllegalStateException("cannot run sh", e);
        }
    }

    private void stop() {
        if (send("STOP")) {
            after(pause, this::go);
        }
    }

    private void go() {
        if (send("CONT")) {
            after(RUN_TIME, this::stop);
        }
    }

    private void after(Duration time, Runnable next) {
        var unused = thread.schedule(next, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized boolean send(String signal) {
        if (closed) {
            return false;
        }
        try {
            signals.write(signal + "\n");
            signals.flush();
            return true;
        } catch (IOException e) {
            // The shell has ended with the process.
            return false;
        }
    }

    /** Returns when no signal is sent any more. The process may be suspended then. */
    @Override
    public synchronized void close() {
        closed = true;
        ProcessExit.await(shell.destroyForcibly());
    }
}
