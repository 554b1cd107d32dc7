package io.weathermesh.local.twin;

import java.io.PrintWriter;

/**
 * The result of a command.
 *
 * @param exitCode for the shell
 * @param output for standard output if the exit code is 0, else for standard error
 */
public record CommandResult(int exitCode, String output) {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    public static final int NOT_RUNNING = 3;
    public static final int UNKNOWN_NAME = 4;

    /** The result of a command that needs a running twin, if none runs. */
    public static CommandResult notRunning() {
        return new CommandResult(NOT_RUNNING, "nothing is running: './weather up' starts the system");
    }

    /** Prints the output; returns the exit code. */
    public int print(PrintWriter out, PrintWriter err) {
        if (exitCode != DONE) {
            err.println("weather: " + output);
        } else if (!output.isEmpty()) {
            out.println(output);
        }
        return exitCode;
    }

    static CommandResult done(String output) {
        return new CommandResult(DONE, output);
    }
}
