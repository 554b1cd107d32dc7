package io.weathermesh.local.twin;

import com.linecorp.armeria.common.util.Exceptions;
import io.weathermesh.aggregator.rest.GatewayNames;
import io.weathermesh.local.aws.AwsServer;
import io.weathermesh.local.aws.CloudMapRegistry;
import io.weathermesh.local.balancer.LoadBalancer;
import io.weathermesh.local.fleet.EventLog;
import io.weathermesh.local.fleet.Fleet;
import io.weathermesh.local.fleet.FleetRules;
import io.weathermesh.local.fleet.GrpcHealthProbe;
import io.weathermesh.local.fleet.HealthProbe;
import io.weathermesh.local.fleet.JvmLauncher;
import io.weathermesh.local.fleet.Loopback;
import io.weathermesh.local.fleet.OrphanReaper;
import io.weathermesh.local.fleet.ReadinessProbe;
import io.weathermesh.local.fleet.ServiceDefinition;
import io.weathermesh.local.fleet.Slowness;
import io.weathermesh.local.fleet.TaskView;
import io.weathermesh.mesh.MeshNames;
import io.weathermesh.mesh.MeshTimings;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The whole system on this machine, from its start to its end. */
public final class Twin implements StartingTwin, AutoCloseable {
    private static final int TOKEN_BYTES = 16;

    private final Path home;
    private final OrphanReaper reaper;
    private final NameServer nameServer;
    private final InetSocketAddress balancerAddress;
    private final CompletableFuture<LoadBalancer> balancer;
    private final Fleet fleet;
    private final CloudMapRegistry registry;
    private final MeshTimings timings;
    private @Nullable AwsServer aws;
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private boolean closed;

    private Twin(TwinSettings settings, EventLog events, Clock clock, Slowness slowness) throws IOException {
        home = settings.home();
        timings = settings.timings();
        reaper = OrphanReaper.start();
        JvmLauncher launcher = new JvmLauncher(home, TwinSettings.logs(home), environment(settings, timings), reaper);
        nameServer = new NameServer(launcher, loopback(settings.dnsPort()), settings.lag(), events, clock);
        registry = new CloudMapRegistry(
                nameServer,
                settings.services().stream().map(ServiceDefinition::name).toList());
        balancerAddress = loopback(settings.port());
        balancer = CompletableFuture.supplyAsync(() -> LoadBalancer.start(balancerAddress, timings, clock), work -> {
            new Thread(work, "balancer-start").start();
        });
        fleet = new Fleet(
                launcher,
                Twin::probe,
                registry,
                new DeferredTargets(balancer),
                events,
                FleetRules.of(
                        settings.replaceAfter(),
                        timings.stopTimeout(),
                        Runtime.getRuntime().availableProcessors(),
                        slowness),
                clock);
    }

    /** The tasks first, since they take longest. */
    private void begin(TwinSettings settings) throws IOException {
        settings.services().forEach(service -> fleet.run(service, settings.tasksOf(service)));
        nameServer.start();
        aws = AwsServer.start(loopback(settings.awsPort()), fleet, registry, timings);
        String token = token();
        ControlServer control =
                ControlServer.start(token, new CommandHandler(fleet, nameServer, stopRequested::countDown)::run);
        ProcessHandle self = ProcessHandle.current();
        new TwinFile(self.pid(), TwinFile.startOf(self), control.port(), token, settings.port()).write(home);
    }

    /**
     * Starts the system; returns before it serves.
     *
     * @param slowness how slow this machine is now
     * @throws CannotStartException if it cannot be started; no process is left then
     */
    public static Twin start(TwinSettings settings, EventLog events, Clock clock, Slowness slowness)
            throws IOException {
        TwinFile.ofRunning(settings.home()).ifPresent(running -> {
            throw new CannotStartException("it is up already (pid " + running.pid() + "): './weather down' stops it");
        });
        new Preflight(settings, System.getProperty("os.name", ""), Loopback::has).check();
        deleteLogs(TwinSettings.logs(settings.home()));
        Twin twin = new Twin(settings, events, clock, slowness);
        try {
            twin.begin(settings);
            return twin;
        } catch (IOException | RuntimeException e) {
            new Closer(e).close(twin);
            throw e;
        }
    }

    /** Logs are those of the last start. */
    private static void deleteLogs(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder, "*.log")) {
                for (Path log : logs) {
                    Files.delete(log);
                }
            }
        }
    }

    private static HealthProbe probe(ServiceDefinition service, Inet4Address task) {
        return service.behindBalancer()
                ? new ReadinessProbe(new InetSocketAddress(task, GatewayNames.HTTP_PORT))
                : new GrpcHealthProbe(new InetSocketAddress(task, MeshNames.GRPC_PORT));
    }

    private static Map<String, String> environment(TwinSettings settings, MeshTimings timings) {
        Map<String, String> variables = new HashMap<>(timings.toEnvironment());
        variables.put("MESH_DNS_SERVERS", TwinSettings.LOOPBACK + ":" + settings.dnsPort());
        variables.put("MESH_ALLOWED_CIDR", "127.0.0.0/8");
        return variables;
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static String token() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean listens() {
        if (balancer.isCompletedExceptionally()) {
            Throwable cause = balancer.handle((started, failure) -> failure).join();
            throw new CannotStartException("the load balancer cannot listen on " + TwinSettings.LOOPBACK + ":"
                    + balancerAddress.getPort() + ": " + Exceptions.peel(cause).getMessage());
        }
        return balancer.isDone();
    }

    @Override
    public boolean isSteady() {
        return fleet.isSteady();
    }

    @Override
    public List<TaskView> tasks() {
        List<TaskView> all = new ArrayList<>(List.of(nameServer.view()));
        all.addAll(fleet.tasks());
        return all;
    }

    @Override
    public boolean awaitStopRequest(Duration patience) throws InterruptedException {
        return stopRequested.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Stops everything, traffic first, and returns when every process has ended. A second call waits for the first.
     *
     * @throws IOException if a part could not be stopped; the others were
     */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        fleet.quiet();
        Closer closer = new Closer();
        closer.close(() -> {
            var unused = balancer.thenAccept(LoadBalancer::close);
        });
        closer.close(nameServer);
        closer.close(fleet);
        if (aws != null) {
            closer.close(aws);
        }
        // After the fleet: kills its processes if the fleet failed to.
        closer.close(reaper);
        closer.close(() -> TwinFile.delete(home));
        closer.throwFailure();
    }
}
