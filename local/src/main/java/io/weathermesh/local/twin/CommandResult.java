package io.weathermesh.local.twin;

import java.io.PrintWriter;

/**
 * What became of a command.
 *
 * @param exitCode for the shell
 * @param output for the person: on standard output if the exit code is 0, else on standard error
 */
public record CommandResult(int exitCode, String output) {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    public static final int NOT_RUNNING = 3;
    public static final int UNKNOWN_NAME = 4;

    /** What every command comes to that needs a twin, where none runs. */
    public static CommandResult notRunning() {
        return new CommandResult(NOT_RUNNING, "nothing is running here: './weather up' starts it");
    }

    /** Prints it where it belongs; gives the exit code. */
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
