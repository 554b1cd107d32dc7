package io.weathermesh.local;

import io.weathermesh.local.fleet.DaemonThreads;
import io.weathermesh.local.fleet.ServiceDefinition;
import io.weathermesh.local.fleet.Slowness;
import io.weathermesh.local.fleet.TaskView;
import io.weathermesh.local.twin.CommandResult;
import io.weathermesh.local.twin.ControlClient;
import io.weathermesh.local.twin.Twin;
import io.weathermesh.local.twin.TwinSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Starts the twin with one task of each service once after a build, on ports of its own, and stops them so that their JVMs
 * write class archives: see {@code ClassArchive}. Called by the {@code weather} script, which continues without archives if
 * this fails. It ends within five minutes in any case, and its tasks with it.
 */
public final class Rehearsal {
    /** Away from the subnets that people use. */
    private static final int SUBNET = 240;

    private static final Duration TTL = Duration.ofSeconds(1);

    /** No task that dies is replaced. */
    private static final Duration REPLACE_AFTER = Duration.ofHours(1);

    /** From the start to the end on an idle machine: it takes 10 s. */
    private static final Duration USUAL_LIMIT = Duration.ofMinutes(1);

    /** A longer wait is not worth what the archives save at each start. */
    private static final Duration MAX_LIMIT = Duration.ofMinutes(5);

    private static final Duration POLL = Duration.ofMillis(100);

    /** The interval of signals to a task. */
    private static final Duration RESIGNAL = Duration.ofMillis(500);

    /** A guard: the gateway has a deadline of its own. */
    private static final Duration RESPONSE_LIMIT = Duration.ofSeconds(30);

    private Rehearsal() {}

    /** Exits with 0 if the archives are written, else with 1 and a line that says why. */
    public static void main(String[] args) {
        Slowness slowness = Slowness.ofThisStart();
        Duration stretched = slowness.stretch(USUAL_LIMIT);
        Duration limit = stretched.compareTo(MAX_LIMIT) < 0 ? stretched : MAX_LIMIT;
        haltAfter(limit);
        int status = 1;
        try {
            rehearse(Clock.systemUTC(), slowness, limit);
            status = 0;
        } catch (Exception e) {
            System.err.println("rehearsal: " + e);
        } finally {
            // Threads of libraries keep the JVM alive.
            System.exit(status);
        }
    }

    /** The tasks end with this process, even if it cannot close them: see {@code OrphanReaper}. */
    private static void haltAfter(Duration limit) {
        CompletableFuture.delayedExecutor(
                        limit.toMillis(), TimeUnit.MILLISECONDS, work -> DaemonThreads.named("rehearsal-limit")
                                .newThread(work)
                                .start())
                .execute(() -> {
                    System.err.println("rehearsal: has not ended within " + limit.toSeconds() + " s");
                    Runtime.getRuntime().halt(1);
                });
    }

    private static void rehearse(Clock clock, Slowness slowness, Duration limit) throws Exception {
        Weather.quieten();
        Path home = Path.of(System.getProperty("weather.home", "."))
                .toAbsolutePath()
                .normalize();
        Weather.commandLine(home, clock, slowness).parseArgs("up");
        int port = freePort();
        TwinSettings settings = new TwinSettings(
                home,
                ServiceDefinition.ALL.stream().collect(Collectors.toMap(ServiceDefinition::name, service -> 1)),
                TTL,
                Duration.ZERO,
                REPLACE_AFTER,
                SUBNET,
                port,
                freePort(),
                freePort());
        Instant end = clock.instant().plus(limit);
        try (Twin twin = Twin.start(settings, (who, what) -> {}, clock, slowness)) {
            while (!responds(port)) {
                if (clock.instant().isAfter(end)) {
                    throw new IOException("the gateway has not responded within " + limit.toSeconds() + " s");
                }
                twin.awaitStopRequest(POLL);
            }
            stop(home, twin.tasks(), limit);
        }
    }

    private static boolean responds(int port) {
        try {
            return GatewayResponse.get(port, "/v1/weather/vienna", RESPONSE_LIMIT)
                    .fromGateway();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Scales every service to 0 first: the checks of the load balancer would keep the gateway's server open. The second
     * signal skips the drain. It is repeated until it has an effect: a signal before the process has handled the first one
     * is lost. The name server has no archive of its own.
     */
    private static void stop(Path home, List<TaskView> tasks, Duration limit) throws IOException {
        for (ServiceDefinition service : ServiceDefinition.ALL) {
            CommandResult scaled = ControlClient.send(home, "scale", List.of(service.name(), "0"));
            if (scaled.exitCode() != CommandResult.DONE) {
                throw new IOException(scaled.output());
            }
        }
        List<ProcessHandle> processes = tasks.stream()
                .filter(task -> task.admin() != 0)
                .map(task -> ProcessHandle.of(task.pid()))
                .flatMap(Optional::stream)
                .toList();
        CompletableFuture<Void> ended = CompletableFuture.allOf(
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
        for (long left = limit.dividedBy(RESIGNAL); left > 0 && !ended.isDone(); left--) {
            var unused = ended.copy()
                    .completeOnTimeout(null, RESIGNAL.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            processes.forEach(ProcessHandle::destroy);
        }
        if (!ended.isDone()) {
            throw new IOException("the tasks have not ended " + limit.toSeconds() + " s after SIGTERM");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
