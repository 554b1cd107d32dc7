package io.weathermesh.local.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts JVMs: tasks from the jars of the build, each with its module's class path and a log of its own. */
public final class JvmLauncher implements TaskLauncher {
    /** Enough for the name server. */
    private static final String HELPER_HEAP = "32m";

    private static final String LOG_FORMAT = "%1$tT.%1$tL %4$s %3$s: %5$s%6$s%n";

    private final Path home;
    private final Path logs;
    private final Map<String, String> settings;
    private final OrphanReaper reaper;
    private final List<String> wrapper;
    private final ScheduledExecutorService throttles =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("throttles"));

    /**
     * @param home the folder of the modules
     * @param logs the folder of the logs; a task's log is named after the task
     * @param settings environment variables that every process gets in addition to those of this process
     */
    public JvmLauncher(Path home, Path logs, Map<String, String> settings, OrphanReaper reaper) {
        this(home, logs, settings, reaper, List.of());
    }

    private JvmLauncher(Path home, Path logs, Map<String, String> settings, OrphanReaper reaper, List<String> wrapper) {
        this.home = home;
        this.logs = logs;
        this.settings = Map.copyOf(settings);
        this.reaper = reaper;
        this.wrapper = List.copyOf(wrapper);
    }

    /** A launcher that starts its processes through a command, such as {@code nsenter} and its options. */
    public JvmLauncher wrappedIn(List<String> command) {
        return new JvmLauncher(home, logs, settings, reaper, command);
    }

    @Override
    public TaskProcess launch(ServiceDefinition service, String task, Inet4Address address) throws IOException {
        List<String> command = new ArrayList<>(jvm(service.maxHeap()));
        command.addAll(ClassArchive.of(home, service.module()).options());
        if (!service.behindBalancer()) {
            // Without the C2 compiler a provider starts with a quarter less CPU, in less memory.
            command.add("-XX:TieredStopAtLevel=1");
            // Otherwise a third of the maximum heap is touched before the first collection: 15 MB a task.
            command.addAll(List.of("-Xms12m", "-Xmn5m"));
        }
        command.addAll(List.of("-cp", classPath(home, service.module()), service.mainClass()));
        ProcessBuilder builder = prepare(command);
        builder.environment().put("MESH_BIND_ADDRESS", address.getHostAddress());
        // All load comes from one address, and a person reads the log. The environment of this process has precedence.
        builder.environment().putIfAbsent("WEATHER_RATE_LIMIT", "off");
        // So that a stopped provider has an effect, and a load reaches the providers.
        builder.environment().putIfAbsent("WEATHER_CACHE", "off");
        builder.environment().putIfAbsent("WEATHER_ACCESS_LOG", "text");
        builder.redirectOutput(logOf(task));
        builder.redirectErrorStream(true);
        return new JvmProcess(reaper.launch(builder), throttles);
    }

    @Override
    public boolean hasAddress(Inet4Address address) {
        return Loopback.has(address);
    }

    /**
     * Starts a process of this module, which is controlled through its standard input and output; its standard error goes
     * to its log.
     *
     * @param options for the JVM, after the launcher's own
     * @param more environment variables of this process only
     */
    public Process launchHelper(String name, String mainClass, List<String> options, Map<String, String> more)
            throws IOException {
        List<String> command = new ArrayList<>(jvm(HELPER_HEAP));
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(home, "local"), mainClass));
        ProcessBuilder builder = prepare(command);
        builder.environment().putAll(more);
        builder.redirectError(logOf(name));
        builder.redirectInput(ProcessBuilder.Redirect.PIPE);
        return reaper.launch(builder);
    }

    /** The log of a task. */
    public static Path logOf(Path logs, String task) {
        return logs.resolve(task + ".log");
    }

    private ProcessBuilder prepare(List<String> command) throws IOException {
        Files.createDirectories(logs);
        List<String> wrapped = new ArrayList<>(wrapper);
        wrapped.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(wrapped).directory(home.toFile());
        builder.environment().putAll(settings);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        return builder;
    }

    private java.io.File logOf(String task) {
        return logOf(logs, task).toFile();
    }

    private static List<String> jvm(String maxHeap) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + maxHeap,
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-Djava.util.logging.SimpleFormatter.format=" + LOG_FORMAT);
    }

    /**
     * The module's jar, then its libraries in alphabetical order: class archives depend on the order.
     *
     * @throws IllegalStateException if the module is not built
     */
    private static String classPath(Path home, String module) {
        Path target = home.resolve(module).resolve("target");
        List<Path> own = jars(target).stream()
                .filter(jar -> jar.getFileName().toString().startsWith("weather-" + module + "-"))
                .toList();
        if (own.size() != 1) {
            throw new IllegalStateException(target + " has " + own.size() + " jars weather-" + module
                    + "-*.jar, but must have 1: build it with 'mvn -DskipTests package'");
        }
        return Stream.concat(own.stream(), jars(target.resolve("lib")).stream())
                .map(Path::toString)
                .collect(Collectors.joining(":"));
    }

    private static List<Path> jars(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(file -> !file.toString().endsWith("-sources.jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
