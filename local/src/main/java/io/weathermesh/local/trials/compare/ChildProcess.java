package io.weathermesh.local.trials.compare;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A conversation with a child process, in lines. */
final class ChildProcess {
    private final Process child;
    private final BufferedWriter to;
    private final BufferedReader from;

    ChildProcess(Process child) {
        this.child = child;
        to = child.outputWriter(StandardCharsets.UTF_8);
        from = child.inputReader(StandardCharsets.UTF_8);
    }

    Process child() {
        return child;
    }

    synchronized void say(String line) {
        try {
            to.write(line + "\n");
            to.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("process " + child.pid() + " does not listen", e);
        }
    }

    /** Waits for a line that begins so. */
    synchronized void await(String beginning) throws IOException {
        String line = from.readLine();
        while (line != null && !line.startsWith(beginning)) {
            line = from.readLine();
        }
        if (line == null) {
            throw new IOException("process " + child.pid() + " ended before it said '" + beginning + "'");
        }
    }

    void end() throws IOException {
        to.close();
    }
}
