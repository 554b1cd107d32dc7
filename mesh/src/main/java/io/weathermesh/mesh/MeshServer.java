package io.weathermesh.mesh;

import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One task of a service: its gRPC server with health and reflection, its admin pages, its limits, and its way to leave
 * without dropping a call.
 *
 * <p>A {@code main} builds it, calls {@link #start()} and {@link #awaitStopped()}, and returns.
 */
public final class MeshServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MeshServer.class);

    private final String serviceName;
    private final MeshServerConfig config;
    private final Map<String, AdminPage> pages;
    private final HealthStatusManager health;
    private final List<String> healthNames;
    private final List<WarmUp<?, ?>> warmUps;
    private final Server server;
    private final StopSignal signal;
    private final Leaving leaving;
    private @Nullable AdminServer admin; // null until started

    private MeshServer(Builder builder) {
        serviceName = builder.serviceName;
        config = builder.config;
        pages = Map.copyOf(builder.pages);
        warmUps = List.copyOf(builder.warmUps);
        health = new HealthStatusManager();
        // It says SERVING by itself.
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.NOT_SERVING);
        signal = builder.signal;
        ServerMeters meters = new ServerMeters(builder.meters.registry());
        ConcurrencyLimit limit =
                new ConcurrencyLimit(config.maxConcurrentCalls(), config.maxConcurrentStreams(), meters);
        OpenStreams streams = new OpenStreams();
        healthNames = new ArrayList<>();
        GrpcPort port = new GrpcPort(config, builder.timings, builder.direct);
        for (BindableService service : builder.services) {
            // The last one is the outermost: meters count what the limit refuses.
            var guarded = ServerInterceptors.intercept(service, streams, limit, meters);
            healthNames.add(guarded.getServiceDescriptor().getName());
            port.serve(guarded);
        }
        // Neither limited nor metered, so that they answer when the rest is overloaded; but their streams end, or a
        // client that watches the health would hold up the drain.
        port.serve(ServerInterceptors.intercept(health.getHealthService(), streams));
        port.serveReflection(streams);
        server = port.build();
        leaving = new Leaving(
                serviceName, builder.timings, signal, builder.pause, health, server, streams, builder.departing);
    }

    /** A server for a service of this name, as it is called in DNS. */
    public static Builder builder(String serviceName, MeshServerConfig config, MeshTimings timings) {
        return new Builder(serviceName, config, timings);
    }

    /**
     * Listens on both ports, warms up, and says SERVING.
     *
     * @throws PortTakenException if a port cannot be listened on; nothing listens then
     */
    public void start() throws IOException {
        if (signal.isProcessOurs()) {
            // Before the first client can know of this task, or a signal could end it without a lame duck.
            signal.listen();
        }
        InetSocketAddress adminAddress = new InetSocketAddress(config.bindAddress(), config.adminPort());
        AdminServer pagesServer = AdminServer.start(adminAddress, new TreeMap<>(pages));
        try {
            server.start();
            admin = pagesServer;
        } catch (IOException e) {
            throw new PortTakenException(
                    new InetSocketAddress(config.bindAddress(), config.grpcPort()), "MESH_GRPC_PORT", e);
        } finally {
            if (admin == null) {
                pagesServer.close(); // Its thread would keep a process that has failed.
            }
        }
        warmUp();
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.SERVING);
        healthNames.forEach(name -> health.setStatus(name, ServingStatus.SERVING));
        LOG.info(
                "{} serves gRPC on {}:{}, admin pages on port {}",
                serviceName,
                config.bindAddress().getHostAddress(),
                grpcPort(),
                adminPort());
    }

    private void warmUp() {
        try {
            for (WarmUp<?, ?> warmUp : warmUps) {
                warmUp.run(new InetSocketAddress(config.bindAddress(), grpcPort()), System::nanoTime);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The port that gRPC is served on. */
    public int grpcPort() {
        return server.getPort();
    }

    /** The port that operators read pages on. */
    public int adminPort() {
        return started().port();
    }

    /**
     * Waits for SIGTERM or SIGINT, leaves on this thread, and returns when nothing is in flight or the drain is over.
     * From this call on, and in a {@link MeshProcess} from {@link #start()} on, the two signals no longer end the JVM by
     * themselves.
     */
    public void awaitStopped() throws InterruptedException {
        if (signal == StopSignal.ofProcess()) {
            signal.listen();
        }
        signal.awaitAsked();
        leaving.run();
        started().close();
    }

    /** Does what SIGTERM does: whoever is in {@link #awaitStopped()} leaves. A second time means at once. */
    public void leave() {
        signal.terminate();
    }

    /** Tells clients to go elsewhere, while calls are served as before. */
    void sayNotServing() {
        healthNames.forEach(name -> health.setStatus(name, ServingStatus.NOT_SERVING));
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.NOT_SERVING);
    }

    /** Stops at once; calls in flight are cancelled. */
    @Override
    public void close() {
        server.shutdownNow();
        if (admin != null) {
            admin.close();
        }
    }

    private AdminServer started() {
        if (admin == null) {
            throw new IllegalStateException(serviceName + " has not been started");
        }
        return admin;
    }

    /** What a server is made of. */
    public static final class Builder {
        private final String serviceName;
        private final MeshServerConfig config;
        private final MeshTimings timings;
        private final List<BindableService> services = new ArrayList<>();
        private final List<Departing> departing = new ArrayList<>();
        private final Map<String, AdminPage> pages = new LinkedHashMap<>();
        private MeshMeters meters = MeshMeters.create();
        private StopSignal signal = StopSignal.ofProcess();
        private Leaving.Pause pause = signal::pause;
        private final List<WarmUp<?, ?>> warmUps = new ArrayList<>();
        private boolean direct;

        private Builder(String serviceName, MeshServerConfig config, MeshTimings timings) {
            this.serviceName = serviceName;
            this.config = config;
            this.timings = timings;
        }

        /** Serves these calls, under the limits, metered, with a health status of their own. */
        public Builder service(BindableService service) {
            services.add(service);
            return this;
        }

        /** Counts into these meters; by default into some that only {@code /metrics} of this server shows. */
        public Builder meters(MeshMeters processMeters) {
            this.meters = processMeters;
            return this;
        }

        /** Tells this part of the process when the server leaves. */
        public Builder leaving(Departing part) {
            departing.add(part);
            return this;
        }

        /**
         * Adds a page to the admin port.
         *
         * @param path where, such as {@code /topology}
         * @param contentType its media type; the character set is UTF-8
         * @param body makes the page for each request; may be called by two threads at a time
         */
        public Builder page(String path, String contentType, Supplier<String> body) {
            pages.put(path, new AdminPage(contentType, body));
            return this;
        }

        /**
         * Runs handlers on the threads of the network instead of handing each call to a pool: saves two context
         * switches a call, and is right only if no handler ever blocks or computes for longer than about a millisecond.
         */
        public Builder handlersNeverBlock() {
            direct = true;
            return this;
        }

        /**
         * Calls this method of the server itself, often and for at most some seconds, before it says SERVING: a JVM is
         * slow at first, and no client should be the one to notice.
         *
         * @param question what is asked; answering it must not reach beyond the process
         */
        public <Q> Builder warmedUpBy(MethodDescriptor<Q, ?> method, Q question) {
            warmUps.add(new WarmUp<>(method, question));
            return this;
        }

        Builder stoppedBy(StopSignal stopSignal) {
            this.signal = stopSignal;
            this.pause = stopSignal::pause;
            return this;
        }

        Builder pausing(Leaving.Pause leavingPause) {
            this.pause = leavingPause;
            return this;
        }

        /** The server, not yet listening. */
        public MeshServer build() {
            pages.putIfAbsent("/livez", AdminPage.text(() -> "ok\n"));
            pages.putIfAbsent("/metrics", AdminPage.text(meters::scrape));
            pages.putIfAbsent("/channelz", AdminPage.json(new ChannelzPage()));
            return new MeshServer(this);
        }
    }
}
