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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One task of a service: its gRPC server with health and reflection, its admin pages, its limits, and its graceful
 * shutdown.
 *
 * <p>A {@code main} builds it, calls {@link #start()} and {@link #awaitStopped()}, and returns.
 */
public final class MeshServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MeshServer.class);

    private final String serviceName;
    private final MeshServerConfig config;
    private final Map<String, AdminServer.Page> pages;
    private final Optional<SettingsReport> settings;
    private final HealthStatusManager health;
    private final List<String> healthNames;
    private final List<WarmUp<?, ?>> warmUps;
    private final Server server;
    private final StopSignal signal;
    private final GracefulShutdown shutdown;
    private @Nullable AdminServer admin; // null until started

    private MeshServer(Builder builder) {
        serviceName = builder.serviceName;
        config = builder.config;
        pages = Map.copyOf(builder.pages);
        settings = builder.settings;
        warmUps = List.copyOf(builder.warmUps);
        health = new HealthStatusManager();
        // HealthStatusManager starts with SERVING.
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.NOT_SERVING);
        signal = builder.signal;
        ServerMeters meters = new ServerMeters(builder.meters.registry());
        ConcurrencyLimit limit =
                new ConcurrencyLimit(config.maxConcurrentCalls(), config.maxConcurrentStreams(), meters);
        OpenStreams streams = new OpenStreams();
        MalformedRequests malformed = new MalformedRequests(builder.meters.registry());
        healthNames = new ArrayList<>();
        GrpcPort port = new GrpcPort(config, builder.timings, builder.direct);
        for (BindableService service : builder.services) {
            // The last interceptor is the outermost: meters count what the limit refuses.
            var guarded =
                    ServerInterceptors.intercept(malformed.refuseIn(service.bindService()), streams, limit, meters);
            healthNames.add(guarded.getServiceDescriptor().getName());
            port.serve(guarded);
        }
        // Neither limited nor metered, so that they respond under overload; but their streams end, or a client that
        // watches the health would delay the drain.
        port.serve(ServerInterceptors.intercept(
                malformed.refuseIn(health.getHealthService().bindService()), streams));
        port.serveReflection(streams, malformed);
        server = port.build();
        shutdown = new GracefulShutdown(
                serviceName, builder.timings, signal, builder.pause, health, server, streams, builder.participants);
    }

    /**
     * A server configured by its environment: the way for a {@code main}. It shows the effective settings on the admin page
     * {@code /settings}, and logs misspelt ones at its start.
     *
     * @param serviceName the name of the service in DNS
     */
    public static Builder builder(String serviceName, Environment environment) {
        Builder builder = new Builder(serviceName, MeshServerConfig.from(environment), MeshTimings.from(environment));
        builder.settings = Optional.of(environment.report());
        return builder;
    }

    /** A server for the service of this name, which is its name in DNS. */
    public static Builder builder(String serviceName, MeshServerConfig config, MeshTimings timings) {
        return new Builder(serviceName, config, timings);
    }

    /**
     * Listens on both ports, warms up, and reports SERVING.
     *
     * @throws PortTakenException if a port is not available; neither port is open then
     */
    public void start() throws IOException {
        signal.reached(StopSignal.Moment.STARTING);
        settings.ifPresent(SettingsReport::logMisspelt);
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
                pagesServer.close(); // Its thread would keep a failed process alive.
            }
        }
        warmUp();
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.SERVING);
        healthNames.forEach(name -> health.setStatus(name, ServingStatus.SERVING));
        LOG.info(
                "{}: gRPC on {}:{}, admin pages on port {}",
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

    /** The port of gRPC. */
    public int grpcPort() {
        return server.getPort();
    }

    /** The port of the admin pages. */
    public int adminPort() {
        return started().port();
    }

    /**
     * Waits for SIGTERM or SIGINT, shuts down on this thread, and returns when no call is in flight or the drain is
     * over. From this call on, and in a {@link MeshProcess} from {@link #start()} on, the two signals no longer end the
     * JVM by themselves.
     */
    public void awaitStopped() throws InterruptedException {
        signal.reached(StopSignal.Moment.AWAITED);
        signal.await();
        shutdown.run();
        started().close();
    }

    /** Does what SIGTERM does: {@link #awaitStopped()} shuts down gracefully. A second call means at once. */
    public void terminate() {
        signal.terminate();
    }

    /** The paths of the admin pages. */
    Set<String> pages() {
        return pages.keySet();
    }

    /** Sends clients to other tasks, while calls are served as before. */
    void reportNotServing() {
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

    /** Builds a server. */
    public static final class Builder {
        private final String serviceName;
        private final MeshServerConfig config;
        private final MeshTimings timings;
        private final List<BindableService> services = new ArrayList<>();
        private final List<DrainParticipant> participants = new ArrayList<>();
        private final Map<String, AdminServer.Page> pages = new LinkedHashMap<>();
        private Optional<SettingsReport> settings = Optional.empty();
        private MeshMeters meters = MeshMeters.create();
        private StopSignal signal = StopSignal.ofProcess();
        private GracefulShutdown.Pause pause = signal::pause;
        private final List<WarmUp<?, ?>> warmUps = new ArrayList<>();
        private boolean direct;

        private Builder(String serviceName, MeshServerConfig config, MeshTimings timings) {
            this.serviceName = serviceName;
            this.config = config;
            this.timings = timings;
        }

        /** Adds a service, under the limits, metered, with a health status of its own. */
        public Builder service(BindableService service) {
            services.add(service);
            return this;
        }

        /** Counts in these meters; by default in separate ones, which only {@code /metrics} of this server shows. */
        public Builder meters(MeshMeters processMeters) {
            this.meters = processMeters;
            return this;
        }

        /** Adds a participant of the graceful shutdown; participants are called in the order in which they were added. */
        public Builder drainParticipant(DrainParticipant participant) {
            participants.add(participant);
            return this;
        }

        /**
         * Adds a page to the admin port.
         *
         * @param path its path, such as {@code /topology}
         * @param contentType its media type; the character set is UTF-8
         * @param body makes the page for each request; may be called by several threads at a time
         */
        public Builder page(String path, String contentType, Supplier<String> body) {
            pages.put(path, new AdminServer.Page(contentType, body));
            return this;
        }

        /**
         * Runs handlers on event loops instead of a pool: saves two context switches for each call, and is safe only if
         * no handler ever blocks or computes for longer than about a millisecond.
         */
        public Builder handlersNeverBlock() {
            direct = true;
            return this;
        }

        /**
         * Calls this method of the server itself, many times within a few seconds, before the server reports SERVING: a
         * cold JVM is slow, and no client should notice.
         *
         * @param request the request of every call; handling it must not call another process
         */
        public <Q> Builder warmUp(MethodDescriptor<Q, ?> method, Q request) {
            warmUps.add(new WarmUp<>(method, request));
            return this;
        }

        Builder stoppedBy(StopSignal stopSignal) {
            this.signal = stopSignal;
            this.pause = stopSignal::pause;
            return this;
        }

        Builder pausing(GracefulShutdown.Pause shutdownPause) {
            this.pause = shutdownPause;
            return this;
        }

        /** The server, not yet listening. */
        public MeshServer build() {
            pages.putIfAbsent("/livez", AdminServer.Page.text(() -> "ok\n"));
            pages.putIfAbsent("/metrics", AdminServer.Page.text(meters::scrape));
            pages.putIfAbsent("/channelz", AdminServer.Page.json(new ChannelzPage()));
            settings.ifPresent(report -> pages.putIfAbsent("/settings", AdminServer.Page.text(report::page)));
            return new MeshServer(this);
        }
    }
}
