package io.weathermesh.local.trials.compare;

import io.weathermesh.local.dns.DnsFault;
import io.weathermesh.local.fleet.GrpcHealthProbe;
import io.weathermesh.local.fleet.HealthProbe;
import io.weathermesh.local.fleet.JvmLauncher;
import io.weathermesh.local.fleet.OrphanReaper;
import io.weathermesh.local.fleet.ServiceDefinition;
import io.weathermesh.local.fleet.TaskProcess;
import io.weathermesh.mesh.MeshNames;
import io.weathermesh.mesh.MeshTimings;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run of a scenario: its tasks, its DNS and its clients, all of them processes on loopback addresses. */
final class ScenarioRun implements AutoCloseable {
    private static final InetSocketAddress DNS_ADDRESS = new InetSocketAddress("127.0.40.1", 5_300);

    /** Tasks are at 127.0.41.x, away from those of {@code weather up}. */
    private static final ServiceDefinition PROVIDER = ServiceDefinition.TEMPERATURE.movedBy(40);

    private static final String CLIENT_HEAP = "-Xmx96m";
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(100);
    private static final int MAX_PROBES = 300;

    /** The slack between DNS and the tasks' drain, as the stack on AWS has it. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    /** Scenarios take less, beside the time that the user chooses: whatever still runs then hangs, and is killed. */
    private static final Duration MAX_DURATION = Duration.ofMinutes(3);

    private final Path folder;
    private final Settings settings;
    private final OrphanReaper reaper;
    private final JvmLauncher launcher;
    private final ScenarioDns dns;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final Map<Integer, TaskProcess> providers = new HashMap<>();
    private final Map<ClientType, ChildProcess> clients = new EnumMap<>(ClientType.class);
    private final Timeline timeline = new Timeline(System::nanoTime);
    private @Nullable ChildProcess stubs;

    /**
     * How scenarios are run.
     *
     * @param home the folder of the modules
     * @param rate calls a second of each client
     * @param seconds how long a fault is observed; 0 leaves it to the scenario
     */
    record Settings(Path home, int rate, int seconds, Clock clock) {}

    ScenarioRun(Settings settings, Duration ttl) throws IOException {
        this.settings = settings;
        this.folder = Files.createTempDirectory("weather-compare");
        this.reaper = OrphanReaper.start();
        Map<String, String> environment =
                new HashMap<>(MeshTimings.forDnsTtl(ttl, SLACK).toEnvironment());
        environment.put("WEATHER_SOURCES", "climatology");
        this.launcher = new JvmLauncher(settings.home(), folder, environment, reaper);
        this.dns = ScenarioDns.start(launcher, DNS_ADDRESS, hosts(), settings.clock());
        ScheduledFuture<?> unusedShuffles =
                scheduler.scheduleAtFixedRate(dns::shuffle, ttl.toMillis(), ttl.toMillis(), TimeUnit.MILLISECONDS);
        ScheduledFuture<?> unusedEnd = scheduler.schedule(
                () -> {
                    reaper.close();
                    return settings;
                },
                MAX_DURATION.toSeconds() + settings.seconds(),
                TimeUnit.SECONDS);
    }

    private Path hosts() {
        return folder.resolve("hosts");
    }

    /** Starts real providers with these numbers and waits until they serve. */
    void providers(int... numbers) throws Exception {
        for (int number : numbers) {
            providers.put(number, launcher.launch(PROVIDER, "provider-" + number, PROVIDER.addressOf(number)));
        }
        for (int number : numbers) {
            awaitServing(PROVIDER.addressOf(number));
        }
    }

    /** Starts stub providers with these numbers, all in one process. */
    void stubs(int... numbers) throws IOException {
        if (stubs == null) {
            stubs = new ChildProcess(launcher.launchHelper(
                    "stub-providers", StubProviders.class.getName(), List.of(CLIENT_HEAP), Map.of()));
        }
        for (int number : numbers) {
            sendToStubs("start " + PROVIDER.addressOf(number).getHostAddress());
        }
    }

    void stubBehavior(StubProviders.Behavior behavior, int... numbers) throws IOException {
        for (int number : numbers) {
            sendToStubs("behavior " + PROVIDER.addressOf(number).getHostAddress() + " " + behavior);
        }
    }

    private void sendToStubs(String line) throws IOException {
        ChildProcess process = Objects.requireNonNull(stubs, "the scenario has no stub providers");
        process.send(line);
        process.await("done");
    }

    private void awaitServing(Inet4Address address) throws Exception {
        try (HealthProbe probe = new GrpcHealthProbe(new InetSocketAddress(address, MeshNames.GRPC_PORT))) {
            for (int i = 0; i < MAX_PROBES; i++) {
                if (probe.check().get()) {
                    return;
                }
                pass(PROBE_INTERVAL);
            }
        }
        throw new IOException("the task at " + address.getHostAddress() + " does not serve; its log is in " + folder);
    }

    /** Registers tasks in DNS. */
    void register(int... numbers) {
        for (int number : numbers) {
            register(PROVIDER.addressOf(number));
        }
    }

    private void register(Inet4Address task) {
        timeline.added(task.getHostAddress());
        dns.add(task);
    }

    /** Removes tasks from DNS. */
    void deregister(int... numbers) {
        for (int number : numbers) {
            Inet4Address task = PROVIDER.addressOf(number);
            timeline.removed(task.getHostAddress());
            dns.remove(task);
        }
    }

    /** Starts a real provider that can become a black hole, waits until it serves, and registers it in DNS. */
    IsolatedProvider isolatedProvider() throws Exception {
        IsolatedProvider provider = IsolatedProvider.start(launcher, reaper);
        awaitServing(IsolatedProvider.address());
        register(IsolatedProvider.address());
        return provider;
    }

    void dnsFault(DnsFault fault) throws IOException {
        dns.fault(fault);
    }

    /** Sends SIGTERM to real providers. */
    void terminate(int... numbers) {
        toProviders(numbers, TaskProcess::terminate);
    }

    /** Sends SIGKILL to real providers. */
    void kill(int... numbers) {
        toProviders(numbers, TaskProcess::kill);
    }

    /** Suspends real providers with SIGSTOP. */
    void freeze(int... numbers) {
        toProviders(numbers, TaskProcess::freeze);
    }

    private void toProviders(int[] numbers, Consumer<TaskProcess> action) {
        for (int number : numbers) {
            action.accept(Objects.requireNonNull(providers.get(number), "the scenario has no such provider"));
        }
    }

    /** Starts the clients and lets them call for a while, so that their JVMs are warm and connected. */
    void startClients(List<ClientType> types, Duration warmUp) throws Exception {
        for (ClientType type : types) {
            Map<String, String> environment = Map.of(
                    "MESH_DNS_SERVERS",
                    DNS_ADDRESS.getHostString() + ":" + DNS_ADDRESS.getPort(),
                    "MESH_ALLOWED_CIDR",
                    "0.0.0.0/0",
                    LoadClient.TYPE,
                    type.name(),
                    LoadClient.RATE,
                    Integer.toString(settings.rate()),
                    LoadClient.LOG,
                    callsOf(type).toString());
            List<String> options = List.of(CLIENT_HEAP, "-Djdk.net.hosts.file=" + hosts());
            clients.put(
                    type,
                    new ChildProcess(
                            launcher.launchHelper("client-" + type, LoadClient.class.getName(), options, environment)));
        }
        for (ChildProcess client : clients.values()) {
            client.await(LoadClient.WARM);
        }
        pass(warmUp);
    }

    private Path callsOf(ClientType type) {
        return folder.resolve(type + ".calls");
    }

    /** Starts the part of the scenario whose calls count. */
    void startMeasurement() {
        timeline.begin();
    }

    /** Observes the fault for this long, or for as long as the user chose. */
    void observe(Duration usual) throws Exception {
        pass(settings.seconds() == 0 ? usual : Duration.ofSeconds(settings.seconds()));
    }

    void pass(Duration time) throws InterruptedException, ExecutionException {
        scheduler.schedule(() -> {}, time.toNanos(), TimeUnit.NANOSECONDS).get();
    }

    /** Ends the clients and reads their logs. */
    Map<ClientType, ClientStatistics> endMeasurement() throws Exception {
        timeline.end();
        for (ChildProcess client : clients.values()) {
            client.endInput();
        }
        Map<ClientType, ClientStatistics> statistics = new EnumMap<>(ClientType.class);
        for (Map.Entry<ClientType, ChildProcess> client : clients.entrySet()) {
            client.getValue().awaitExit(MAX_DURATION);
            try (Stream<String> lines = Files.lines(callsOf(client.getKey()))) {
                statistics.put(
                        client.getKey(),
                        ClientStatistics.of(lines.map(CallRecord::fromLine).toList(), timeline));
            }
        }
        return statistics;
    }

    /** Where the logs of all processes are, until they are deleted. */
    Path folder() {
        return folder;
    }

    /** Ends everything and deletes the logs. */
    void deleteLogs() throws IOException, InterruptedException {
        close();
        // Otherwise the hosts file could be written again.
        boolean unused = scheduler.awaitTermination(MAX_DURATION.toSeconds(), TimeUnit.SECONDS);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Override
    public void close() throws IOException {
        scheduler.shutdownNow();
        dns.close();
        reaper.close();
    }
}
