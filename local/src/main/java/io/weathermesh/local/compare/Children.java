package io.weathermesh.local.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The processes of one scenario. None outlives it, whatever happens. */
final class Children implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    /** Where what a process says on its standard output goes. */
    enum Output {
        TO_US,
        TO_LOG
    }

    private final Path home;
    private final Path logs;
    private final List<Process> children = new ArrayList<>();
    private final Thread hook = new Thread(this::kill, "end-children");

    /**
     * @param home the folder of the modules
     * @param logs where each process writes what it has to say
     */
    Children(Path home, Path logs) {
        this.home = home;
        this.logs = logs;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Starts a main class of the comparison itself; it talks through its standard input and output. */
    Process startOwn(String name, Class<?> main, List<String> options, Map<String, String> settings)
            throws IOException {
        List<String> command = new ArrayList<>(java("96m"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return start(name, command, settings, Output.TO_US);
    }

    /** The command that runs a service from the jars that its build leaves. */
    List<String> commandOf(String module, String mainClass) {
        List<String> command = new ArrayList<>(java("96m"));
        Path target = home.resolve(module).resolve("target");
        command.addAll(List.of("-cp", jars(target) + ":" + jars(target.resolve("lib")), mainClass));
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
        Process child = builder.start();
        children.add(child);
        return child;
    }

    private static List<String> java(String heap) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData");
    }

    private static String jars(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> jars = files.map(Path::toString)
                    .filter(file -> file.endsWith(".jar"))
                    .sorted()
                    .toList();
            return String.join(":", jars);
        } catch (IOException e) {
            throw new UncheckedIOException("build first: 'mvn -DskipTests package'", e);
        }
    }

    synchronized void kill() {
        children.forEach(Process::destroyForcibly);
    }

    @Override
    public void close() {
        kill();
        for (Process child : children) {
            try {
                child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        Runtime.getRuntime().removeShutdownHook(hook);
    }
}
