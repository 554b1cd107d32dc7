package io.weathermesh.local.trials.compare;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A process that is controlled by lines on its standard input, and answers with lines on its standard output. */
final class ChildProcess {
    private final Process process;
    private final BufferedWriter input;
    private final BufferedReader output;

    ChildProcess(Process process) {
        this.process = process;
        input = process.outputWriter(StandardCharsets.UTF_8);
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    synchronized void send(String line) {
        try {
            input.write(line + "\n");
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("process " + process.pid() + " has closed its input", e);
        }
    }

    /** Blocks until the process writes a line that starts with the prefix. */
    synchronized void await(String prefix) throws IOException {
        String line = output.readLine();
        while (line != null && !line.startsWith(prefix)) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException("process " + process.pid() + " ended before it wrote '" + prefix + "'");
        }
    }

    /** Ends its standard input, which ends the process. */
    void endInput() throws IOException {
        input.close();
    }

    /** Waits until it has ended, or for as long as that. */
    void awaitExit(Duration timeout) throws InterruptedException {
        boolean unused = process.waitFor(timeout.toSeconds(), TimeUnit.SECONDS);
    }
}
