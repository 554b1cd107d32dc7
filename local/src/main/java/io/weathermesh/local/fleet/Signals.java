package io.weathermesh.local.fleet;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Sends signals that Java has no word for, by the {@code kill} command that every Unix has. */
final class Signals {
    private static final long PATIENCE_MILLIS = 2_000;

    private Signals() {}

    /** Returns when it has been sent. A process that has ended takes no notice. */
    static void send(String signal, long pid) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!kill.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                kill.destroyForcibly();
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot run kill -" + signal, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
