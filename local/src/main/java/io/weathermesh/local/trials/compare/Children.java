package io.weathermesh.local.trials.compare;

import io.weathermesh.local.fleet.JvmLauncher;
import io.weathermesh.local.fleet.OrphanReaper;
import io.weathermesh.local.fleet.ProcessExit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The processes of one scenario. None outlives it, not even when this process is killed. */
final class Children implements AutoCloseable {
    private static final String HEAP = "96m";

    /** Where what a process says on its standard output goes. */
    enum Output {
        TO_US,
        TO_LOG
    }

    private final Path home;
    private final Path logs;
    private final List<Process> children = new ArrayList<>();
    private final OrphanReaper reaper;

    /**
     * @param home the folder of the modules
     * @param logs where each process writes what it has to say
     */
    Children(Path home, Path logs) throws IOException {
        this.home = home;
        this.logs = logs;
        this.reaper = OrphanReaper.start();
    }

    /** Starts a main class of the comparison itself; it talks through its standard input and output. */
    Process startOwn(String name, Class<?> main, List<String> options, Map<String, String> settings)
            throws IOException {
        List<String> command = java();
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return start(name, command, settings, Output.TO_US);
    }

    /** The command that runs a service from the jars that its build leaves. */
    List<String> commandOf(String module, String mainClass) {
        List<String> command = java();
        command.addAll(List.of("-cp", JvmLauncher.classPath(home, module), mainClass));
        return command;
    }

    synchronized Process start(String name, List<String> command, Map<String, String> settings, Output output)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(settings);
        Path log = logs.resolve(name + ".log");
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        if (output == Output.TO_LOG) {
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        }
        Process child = reaper.launch(builder);
        children.add(child);
        return child;
    }

    /** Alike for everybody who is compared, and soon warm. */
    private static List<String> java() {
        List<String> command = new ArrayList<>(JvmLauncher.jvm(HEAP));
        command.add("-XX:TieredStopAtLevel=1");
        return command;
    }

    synchronized void kill() {
        children.forEach(Process::destroyForcibly);
    }

    @Override
    public void close() throws IOException {
        kill();
        try {
            children.forEach(ProcessExit::await);
        } finally {
            reaper.close();
        }
    }
}
