package io.weathermesh.mesh;

import java.io.PrintStream;

/**
 * Runs the {@code main} of a process: passes the environment, turns the mistakes of an operator into one line and an exit
 * code, and ends the process.
 *
 * <p>Exit codes: 0 when the process ends by itself, 1 when it fails, 2 when a setting is invalid, 143 after SIGTERM and
 * 130 after SIGINT, as of a JVM.
 */
public final class MeshProcess {
    private static final int EXIT_OK = 0;
    private static final int EXIT_FAILED = 1;
    private static final int EXIT_SETTING = 2;

    /** The work of a process. */
    @FunctionalInterface
    public interface Main {
        /** Returns when the process has nothing left to do. */
        void run(Environment environment) throws Exception;
    }

    private MeshProcess() {}

    /**
     * Runs it with the environment of this process, then exits. Does not return.
     *
     * @param name the name of the process, which starts its error messages
     */
    public static void run(String name, Main main) {
        // A signal between the start of a server and awaitStopped() must not end the task without a lame duck.
        StopSignal.ofProcess().captureFrom(StopSignal.Moment.STARTING);
        System.exit(exitCodeOf(name, main, environment(), System.err, StopSignal.ofProcess()));
    }

    /** The environment of this process. Every other class gets it as an argument. */
    static Environment environment() {
        return new Environment(System.getenv());
    }

    static int exitCodeOf(String name, Main main, Environment environment, PrintStream errors, StopSignal signal) {
        try {
            main.run(environment);
            return signal.exitCode().orElse(EXIT_OK);
        } catch (InvalidSettingException e) {
            // Settings check themselves, and so do the timings made of them: the message is meant for an operator.
            errors.println(name + ": " + e.getMessage());
            return EXIT_SETTING;
        } catch (PortTakenException e) {
            errors.println(name + ": " + e.getMessage());
            return EXIT_FAILED;
        } catch (Exception | Error e) {
            errors.println(name + ": failed");
            e.printStackTrace(errors);
            return EXIT_FAILED;
        }
    }
}
