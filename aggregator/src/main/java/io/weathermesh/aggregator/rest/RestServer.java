package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.weathermesh.aggregator.weather.WeatherLookup;
import io.weathermesh.aggregator.weather.WeatherStreams;
import io.weathermesh.aggregator.web.WebPages;
import io.weathermesh.mesh.DrainParticipant;
import io.weathermesh.mesh.MeshTimings;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public HTTP server with its bounds. It is a part of the process that leaves in order: readiness says no at once,
 * requests are taken until the load balancer must have noticed, then those in flight are finished.
 */
public final class RestServer implements DrainParticipant, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RestServer.class);

    /** A batch of 100 places with room to spare. */
    private static final long MAX_BODY_BYTES = 64 * 1024;

    /** A location of 200 characters of four percent-encoded bytes each, and the rest of a target. */
    private static final int MAX_TARGET_BYTES = 4 * 1024;

    private static final int MAX_HEADER_BYTES = 8 * 1024;

    /** Without a cap, one connection that opens streams and never ends them fills the heap within seconds (measured). */
    private static final int MAX_STREAMS_PER_CONNECTION = 256;

    /** Against rapid reset and its relatives. */
    private static final int MAX_RESETS = 200;

    private static final int MAX_RESETS_SECONDS = 30;

    private static final int MAX_CONNECTIONS = 4_000;

    /**
     * The channels to the providers have as many threads. None of them ever waits, and where fewer of them are awake more
     * is done at each turn.
     */
    private static final int PROCESSORS_A_THREAD = 2;

    /** A net below the request's own deadline, which gives a better answer: it must never be the first to act. */
    private static final Duration TIMEOUT_MARGIN = Duration.ofSeconds(2);

    /** How long nothing must have come in before a leaving server believes that it is alone. */
    private static final Duration QUIET = Duration.ofMillis(500);

    private final Server server;
    private final Readiness readiness;

    private RestServer(Server server, Readiness readiness) {
        this.server = server;
        this.readiness = readiness;
    }

    /** A server for the desk, not yet listening. */
    public static RestServer create(
            InetSocketAddress address,
            WeatherLookup desk,
            WeatherStreams watches,
            Readiness readiness,
            MeshTimings timings,
            Clock clock,
            Edge edge,
            RenderedAnswers rendered) {
        ServerBuilder builder = Server.builder()
                .http(address)
                .workerGroup(Math.max(1, Runtime.getRuntime().availableProcessors() / PROCESSORS_A_THREAD))
                .maxNumConnections(MAX_CONNECTIONS)
                .idleTimeout(timings.serverIdle())
                .requestTimeout(timings.requestDeadline().plus(TIMEOUT_MARGIN))
                .maxRequestLength(MAX_BODY_BYTES)
                .http1MaxInitialLineLength(MAX_TARGET_BYTES)
                .http1MaxHeaderSize(MAX_HEADER_BYTES)
                .http2MaxHeaderListSize(MAX_HEADER_BYTES)
                .http2MaxStreamsPerConnection(MAX_STREAMS_PER_CONNECTION)
                .http2MaxResetFramesPerWindow(MAX_RESETS, MAX_RESETS_SECONDS)
                .gracefulShutdownTimeout(QUIET, timings.drain())
                .disableServerHeader()
                .verboseResponses(false)
                .errorHandler(edge.errorPages())
                .childChannelPipelineCustomizer(edge::accept)
                .decorator(edge::around)
                .accessLogWriter(edge.log(), true);
        CrossOrigin.tellBy(builder);
        new HealthRoutes(readiness).addTo(builder);
        RequestScope scope = new RequestScope(timings.requestDeadline());
        new WeatherRoutes(desk, scope, rendered, clock).addTo(builder);
        new BatchRoute(desk, scope, edge.bodies(), edge::charge).addTo(builder);
        new StreamRoute(watches, edge.streams()).addTo(builder);
        WebPages.load().addTo(builder);
        return new RestServer(builder.build(), readiness);
    }

    /** Listens. */
    public void start() {
        server.start().join();
        LOG.info("weather-aggregator serves REST on {}", server.activePort());
    }

    /** The port that is listened on. */
    public int port() {
        return server.activeLocalPort();
    }

    @Override
    public void lameDuckStarted() {
        readiness.leave();
    }

    @Override
    public void drain(Duration limit) throws InterruptedException {
        try {
            stop().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the REST server did not stop in order", e);
        }
    }

    /** Begins to stop in order, and says when it has: the threads see to it for seconds after the last request. */
    CompletableFuture<Void> stop() {
        return server.stop();
    }

    @Override
    public void close() {
        server.close();
    }
}
