package io.weathermesh.local.trials.compare;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.weathermesh.local.trials.compare.Children.Output;
import io.weathermesh.mesh.MeshNames;
import io.weathermesh.mesh.MeshTimings;
import io.weathermesh.proto.temperature.v1.TemperatureServiceGrpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where one scenario is played: its tasks, its name servers and its clients, all of them processes on loopback. */
final class ScenarioRun implements AutoCloseable {
    private static final String DNS_ADDRESS = "127.0.40.1:5300";
    private static final String TASKS = "127.0.41.";
    private static final String PROVIDER = "io.weathermesh.temperature.TemperatureProvider";
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(100);
    private static final int PROBES = 300;

    /** Nothing here takes longer, beside what the user wants to watch: ends what hangs. */
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final Path folder;
    private final Settings settings;
    private final Children children;
    private final Map<String, String> timings;
    private final NameServers dns;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, Process> providers = new HashMap<>();
    private final Map<ClientType, ChildProcess> clients = new EnumMap<>(ClientType.class);
    private final Timeline timeline = new Timeline(System::nanoTime);
    private @Nullable ChildProcess standIns;

    /**
     * How the comparison is run.
     *
     * @param home the folder of the modules
     * @param rate calls a second of each client
     * @param seconds how long to watch what comes of a fault; 0 leaves it to the scenario
     */
    record Settings(Path home, int rate, int seconds) {}

    ScenarioRun(Settings settings, Duration ttl) throws IOException {
        this.settings = settings;
        this.folder = Files.createTempDirectory("weather-compare");
        this.children = new Children(settings.home(), folder);
        this.timings = MeshTimings.forDnsTtl(ttl, Duration.ofSeconds(5)).toEnvironment();
        this.dns = NameServers.start(children, DNS_ADDRESS, timings, hosts());
        ScheduledFuture<?> unusedDraws =
                clock.scheduleAtFixedRate(dns::draw, ttl.toMillis(), ttl.toMillis(), TimeUnit.MILLISECONDS);
        ScheduledFuture<?> unusedEnd =
                clock.schedule(children::kill, LONGEST.toSeconds() + settings.seconds(), TimeUnit.SECONDS);
    }

    private Path hosts() {
        return folder.resolve("hosts");
    }

    /** The address of a task by its number. */
    static String address(int number) {
        return TASKS + number;
    }

    /** Starts real providers with these numbers and waits until they serve. */
    void providers(int... numbers) throws Exception {
        for (int number : numbers) {
            Map<String, String> environment = new HashMap<>(timings);
            environment.put("MESH_BIND_ADDRESS", address(number));
            environment.put("WEATHER_SOURCES", "climatology");
            List<String> command = children.commandOf("temperature", PROVIDER);
            providers.put(address(number), children.start("provider-" + number, command, environment, Output.TO_LOG));
        }
        for (int number : numbers) {
            awaitServing(address(number));
        }
    }

    /** Starts stand-ins, all in one process. */
    void standIns(int... numbers) throws IOException {
        if (standIns == null) {
            standIns = new ChildProcess(children.startOwn("stand-ins", StubProviders.class, List.of(), Map.of()));
        }
        for (int number : numbers) {
            standIns.say("start " + address(number));
            standIns.await("done");
        }
    }

    void behavior(StubProviders.Behavior behavior, int... numbers) throws IOException {
        if (standIns != null) {
            for (int number : numbers) {
                standIns.say("behavior " + address(number) + " " + behavior);
                standIns.await("done");
            }
        }
    }

    private void awaitServing(String address) throws Exception {
        ManagedChannel channel = Grpc.newChannelBuilderForAddress(
                        address, MeshNames.GRPC_PORT, InsecureChannelCredentials.create())
                .build();
        try {
            HealthCheckRequest question = HealthCheckRequest.newBuilder()
                    .setService(TemperatureServiceGrpc.SERVICE_NAME)
                    .build();
            for (int probe = 0; probe < PROBES; probe++) {
                channel.resetConnectBackoff();
                if (serves(channel, question)) {
                    return;
                }
                pass(PROBE_INTERVAL);
            }
            throw new IOException("the task at " + address + " does not serve; its log is in " + folder);
        } finally {
            channel.shutdownNow();
        }
    }

    private static boolean serves(ManagedChannel channel, HealthCheckRequest question) {
        try {
            return HealthGrpc.newBlockingStub(channel)
                            .withDeadlineAfter(1, TimeUnit.SECONDS)
                            .check(question)
                            .getStatus()
                    == ServingStatus.SERVING;
        } catch (StatusRuntimeException e) {
            return false;
        }
    }

    /** Shows tasks in DNS. */
    void add(int... numbers) {
        for (int number : numbers) {
            add(address(number));
        }
    }

    private void add(String address) {
        timeline.added(address);
        dns.add(address);
    }

    /** Starts a real provider on a host that can vanish, and shows it in DNS. */
    IsolatedProvider cutOffHost() throws Exception {
        IsolatedProvider host = IsolatedProvider.start(children, children.commandOf("temperature", PROVIDER), timings);
        awaitServing(IsolatedProvider.ADDRESS);
        add(IsolatedProvider.ADDRESS);
        return host;
    }

    /** Takes tasks out of DNS. */
    void remove(int... numbers) {
        for (int number : numbers) {
            timeline.removed(address(number));
            dns.remove(address(number));
        }
    }

    void dnsFault(String name) {
        dns.fault(name);
    }

    /** Sends a signal, such as TERM, KILL or STOP, to real providers. */
    void signal(String signal, int... numbers) throws Exception {
        for (int number : numbers) {
            Process process = providers.get(address(number));
            if (process != null) {
                Commands.run("kill", "-" + signal, Long.toString(process.pid()));
            }
        }
    }

    /** Starts the clients and lets them call for a while, so that their JVMs are warm and their connections there. */
    void callers(List<ClientType> ways, Duration warm) throws Exception {
        for (ClientType type : ways) {
            Map<String, String> environment = new HashMap<>(timings);
            environment.put("MESH_DNS_SERVERS", DNS_ADDRESS);
            environment.put("MESH_ALLOWED_CIDR", "0.0.0.0/0");
            environment.put(LoadClient.WAY, type.name());
            environment.put(LoadClient.RATE, Integer.toString(settings.rate()));
            environment.put(LoadClient.LOG, log(type).toString());
            List<String> options = List.of("-Djdk.net.hosts.file=" + hosts());
            clients.put(
                    type,
                    new ChildProcess(children.startOwn("client-" + type, LoadClient.class, options, environment)));
        }
        for (ChildProcess client : clients.values()) {
            client.await("calm");
        }
        pass(warm);
    }

    private Path log(ClientType type) {
        return folder.resolve(type + ".calls");
    }

    /** From here on calls count. */
    void begin() {
        timeline.begin();
    }

    /** Watches what comes of it for so long, or as long as the user wants. */
    void watch(Duration usual) throws Exception {
        pass(settings.seconds() == 0 ? usual : Duration.ofSeconds(settings.seconds()));
    }

    void pass(Duration time) throws InterruptedException, ExecutionException {
        clock.schedule(() -> {}, time.toNanos(), TimeUnit.NANOSECONDS).get();
    }

    /** Ends the clients and reads their logs. */
    Map<ClientType, ClientStatistics> measure() throws Exception {
        timeline.end();
        for (ChildProcess client : clients.values()) {
            client.end();
        }
        Map<ClientType, ClientStatistics> measured = new EnumMap<>(ClientType.class);
        for (Map.Entry<ClientType, ChildProcess> client : clients.entrySet()) {
            client.getValue().child().waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS);
            try (Stream<String> lines = Files.lines(log(client.getKey()))) {
                measured.put(
                        client.getKey(),
                        ClientStatistics.of(lines.map(CallRecord::fromLine).toList(), timeline));
            }
        }
        return measured;
    }

    /** Where everybody's logs are, unless they were thrown away. */
    Path folder() {
        return folder;
    }

    /** Nobody will want to read the logs. */
    void throwLogsAway() throws IOException, InterruptedException {
        close();
        // Nothing may be written any more.
        boolean unused = clock.awaitTermination(LONGEST.toSeconds(), TimeUnit.SECONDS);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Override
    public void close() throws IOException {
        clock.shutdownNow();
        children.close();
    }
}
