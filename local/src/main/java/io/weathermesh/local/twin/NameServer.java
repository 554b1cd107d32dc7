package io.weathermesh.local.twin;

import io.weathermesh.local.dns.CloudMapDns;
import io.weathermesh.local.dns.DnsFault;
import io.weathermesh.local.fleet.EventLog;
import io.weathermesh.local.fleet.JvmLauncher;
import io.weathermesh.local.fleet.ProcessExit;
import io.weathermesh.local.fleet.Registrar;
import io.weathermesh.local.fleet.TaskHealth;
import io.weathermesh.local.fleet.TaskStatus;
import io.weathermesh.local.fleet.TaskView;
import java.io.IOException;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cloud Map's registry, and the process that publishes it in DNS. The registry is in this process: a name server that was
 * killed has every registration when it is started again, and until then only DNS fails.
 *
 * <p>Safe for use by many threads.
 */
public final class NameServer implements Registrar, AutoCloseable {
    /** Its name in the list of tasks. */
    static final String NAME = "dns";

    private record Registration(String service, String task, InetSocketAddress address, boolean healthy) {}

    private final JvmLauncher launcher;
    private final InetSocketAddress address;
    private final EventLog events;
    private final Clock clock;
    private final Map<String, Registration> registry = new LinkedHashMap<>();
    private final Duration usualLag;
    private DnsFault fault = DnsFault.OK;
    private Duration lag;
    private @Nullable Process process;
    private Instant startTime = Instant.EPOCH;
    private boolean closed;

    /**
     * @param lag delay of every change of the registry in DNS
     * @param events receives the start and the death of the process
     */
    public NameServer(JvmLauncher launcher, InetSocketAddress address, Duration lag, EventLog events, Clock clock) {
        this.launcher = launcher;
        this.address = address;
        this.usualLag = lag;
        this.lag = lag;
        this.events = events;
        this.clock = clock;
    }

    /** Starts the process if it does not run; returns before it answers. It knows every registration from the start. */
    public synchronized void start() throws IOException {
        if (isAlive()) {
            return;
        }
        String where = address.getAddress().getHostAddress() + ":" + address.getPort();
        Process started =
                launcher.launchHelper(NAME, CloudMapDns.class.getName(), List.of(), Map.of(CloudMapDns.ADDRESS, where));
        process = started;
        startTime = clock.instant();
        fault = DnsFault.OK;
        events.log(NAME, "starts on " + where + " (pid " + started.pid() + ")");
        var unused = started.onExit().thenAcceptAsync(this::ended);
        registry.values().forEach(this::feedRegistration);
        feed("lag " + lag.toMillis());
    }

    private synchronized void ended(Process which) {
        if (!closed && which.equals(process)) {
            events.log(NAME, "died (exit code " + which.exitValue() + "): './weather dns ok' starts it again");
        }
    }

    @Override
    public synchronized void register(String service, String task, InetSocketAddress where) {
        Registration registration = new Registration(service, task, where, true);
        registry.put(key(service, task), registration);
        feedRegistration(registration);
    }

    @Override
    public synchronized void deregister(String service, String task) {
        registry.remove(key(service, task));
        feed("deregister " + service + " " + task);
    }

    @Override
    public synchronized void health(String service, String task, boolean healthy) {
        registry.computeIfPresent(
                key(service, task), (name, known) -> new Registration(service, task, known.address(), healthy));
        feed((healthy ? "healthy " : "unhealthy ") + service + " " + task);
    }

    /**
     * Blocks until the process that {@link #start} started answers queries.
     *
     * @throws IOException if it ends before
     */
    public void awaitReady() throws IOException {
        Process started;
        synchronized (this) {
            started = process;
        }
        String line = started == null
                ? null
                : started.inputReader(StandardCharsets.US_ASCII).readLine();
        if (line == null) {
            throw new IOException("the name server ended before it listened on " + address);
        }
    }

    /** Sets the fault; {@link DnsFault#OK} ends every fault and restores the lag. Starts it if it does not run. */
    public synchronized void fault(DnsFault next) throws IOException {
        start();
        feed("fault " + next.word());
        fault = next;
        if (next == DnsFault.OK) {
            lag(usualLag);
        }
    }

    /** Sets the lag of pending and later changes. Starts the process if it does not run. */
    synchronized void lag(Duration late) throws IOException {
        start();
        lag = late;
        feed("lag " + late.toMillis());
    }

    synchronized void kill() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    synchronized TaskView view() {
        boolean alive = isAlive();
        return new TaskView(
                NAME,
                NAME,
                address.getAddress().getHostAddress(),
                address.getPort(),
                0,
                process == null ? 0 : process.pid(),
                alive ? TaskStatus.RUNNING : TaskStatus.STOPPED,
                alive ? TaskHealth.HEALTHY : TaskHealth.UNHEALTHY,
                startTime,
                1,
                null,
                mode().equals(DnsFault.OK.word()) ? null : mode());
    }

    /** The mode in the words of the command line: {@code killed}, a fault, {@code late 3 s} or {@code ok}. */
    synchronized String mode() {
        if (!isAlive()) {
            return "killed";
        }
        List<String> modes = new ArrayList<>();
        if (fault != DnsFault.OK) {
            modes.add(fault.word());
        }
        if (!lag.equals(usualLag)) {
            modes.add("late " + lag.toSeconds() + " s");
        }
        return modes.isEmpty() ? DnsFault.OK.word() : String.join(", ", modes);
    }

    private static String key(String service, String task) {
        return service + "/" + task;
    }

    private boolean isAlive() {
        return process != null && process.isAlive();
    }

    private void feedRegistration(Registration one) {
        feed("register " + one.service() + " " + one.task() + " "
                + one.address().getAddress().getHostAddress() + " "
                + one.address().getPort());
        if (!one.healthy()) {
            feed("unhealthy " + one.service() + " " + one.task());
        }
    }

    private void feed(String line) {
        Process running = process;
        if (running == null || !running.isAlive()) {
            return;
        }
        try {
            Writer input = running.outputWriter(StandardCharsets.US_ASCII);
            input.write(line + "\n");
            input.flush();
        } catch (IOException e) {
            // It has just died: the next start sends the registry again.
        }
    }

    /** Kills the process, and returns when it has ended. */
    @Override
    public void close() {
        Process running;
        synchronized (this) {
            closed = true;
            running = process;
        }
        if (running != null) {
            ProcessExit.await(running.destroyForcibly());
        }
    }
}
