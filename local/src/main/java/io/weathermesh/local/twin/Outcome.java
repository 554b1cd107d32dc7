package io.weathermesh.local.twin;

/**
 * What became of a command.
 *
 * @param exitCode for the shell
 * @param output for the person: on standard output if the exit code is 0, else on standard error
 */
public record Outcome(int exitCode, String output) {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    public static final int NOT_RUNNING = 3;
    public static final int UNKNOWN_NAME = 4;

    static Outcome done(String output) {
        return new Outcome(DONE, output);
    }
}
