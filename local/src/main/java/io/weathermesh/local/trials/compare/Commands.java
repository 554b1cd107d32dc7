package io.weathermesh.local.trials.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Runs small commands of the operating system. */
final class Commands {
    private Commands() {}

    /**
     * Returns when it is done.
     *
     * @throws IOException with what the command said, if it failed
     */
    static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said.strip());
        }
    }
}
