package io.weathermesh.local.fleet;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Sends signals that Java has no method for, with the {@code kill} command. */
final class Signals {
    /** A guard: the command takes milliseconds, on a stalled machine seconds. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Signals() {}

    /**
     * Returns when the signal has been sent. Has no effect on a process that has ended.
     *
     * @throws IllegalStateException if the command cannot be run, or does not end
     */
    static void send(String signal, long pid) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!kill.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                kill.destroyForcibly();
                throw new IllegalStateException("the command 'kill -" + signal + " " + pid + "' has not ended within "
                        + LIMIT.toSeconds() + " s: retry when this machine is less busy");
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot run kill -" + signal, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
