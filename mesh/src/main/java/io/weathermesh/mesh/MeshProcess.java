package io.weathermesh.mesh;

import java.io.PrintStream;

/**
 * What a {@code main} runs in: it hands out the environment, turns the mistakes of an operator into one line and an
 * exit code, and ends the process.
 *
 * <p>Exit codes: 0 when the story ends by itself, 1 when it fails, 2 when a setting is not allowed, 143 after SIGTERM
 * and 130 after SIGINT, as a JVM would say.
 */
public final class MeshProcess {
    static final int EXIT_OK = 0;
    static final int EXIT_FAILED = 1;
    static final int EXIT_SETTING = 2;

    /** What a process does from its first line to its last. */
    @FunctionalInterface
    public interface Story {
        /** Returns when the process has nothing left to do. */
        void tell(Environment environment) throws Exception;
    }

    private MeshProcess() {}

    /** Tells the story with the environment of this process, then exits. Does not return. */
    public static void run(String name, Story story) {
        StopSignal.ofProcess().processIsOurs();
        System.exit(exitCodeOf(name, story, environment(), System.err, StopSignal.ofProcess()));
    }

    /** The environment of this process. Everything else gets it handed in. */
    static Environment environment() {
        return new Environment(System.getenv());
    }

    static int exitCodeOf(String name, Story story, Environment environment, PrintStream errors, StopSignal signal) {
        try {
            story.tell(environment);
            return signal.exitCode();
        } catch (InvalidSettingException e) {
            // Settings check themselves, and so do the timings made of them: the message is written for an operator.
            errors.println(name + ": " + e.getMessage());
            return EXIT_SETTING;
        } catch (PortTakenException e) {
            errors.println(name + ": " + e.getMessage());
            return EXIT_FAILED;
        } catch (Exception | Error e) {
            errors.println(name + ": cannot go on");
            e.printStackTrace(errors);
            return EXIT_FAILED;
        }
    }
}
