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
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public HTTP server with its limits. When the process shuts down, the task is unready at once, serves until the load
 * balancer must have noticed, and then completes the requests in flight.
 */
public final class RestServer implements DrainParticipant, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RestServer.class);

    /** A batch of 100 places, with room to spare. */
    private static final long MAX_BODY_BYTES = 64 * 1024;

    /** A location of 200 characters, each of four percent-encoded bytes, and the rest of a target. */
    private static final int MAX_TARGET_BYTES = 4 * 1024;

    private static final int MAX_HEADER_BYTES = 8 * 1024;

    /** Without a cap, one connection that opens streams and never ends them fills the heap within seconds (measured). */
    private static final int MAX_STREAMS_PER_CONNECTION = 256;

    /** Against rapid reset and its relatives. */
    private static final int MAX_RESETS = 200;

    private static final int MAX_RESETS_SECONDS = 30;

    private static final int MAX_CONNECTIONS = 4_000;

    /** The channels to the providers have as many threads. No thread blocks, and fewer threads do more in each turn. */
    private static final int PROCESSORS_PER_THREAD = 2;

    /** The server's timeout must never come before the deadline of the request, which makes a better response. */
    private static final Duration TIMEOUT_MARGIN = Duration.ofSeconds(2);

    /** A draining server stops when no request has arrived for this long. */
    private static final Duration QUIET_PERIOD = Duration.ofMillis(500);

    private final Server server;
    private final Readiness readiness;

    private RestServer(Server server, Readiness readiness) {
        this.server = server;
        this.readiness = readiness;
    }

    /** A server that does not listen yet. */
    public static RestServer create(
            InetSocketAddress address,
            WeatherLookup lookup,
            WeatherStreams streams,
            Readiness readiness,
            MeshTimings timings,
            Clock clock,
            RequestLayers layers,
            ResponseCache cache) {
        ServerBuilder builder = Server.builder()
                .http(address)
                .workerGroup(Math.max(1, Runtime.getRuntime().availableProcessors() / PROCESSORS_PER_THREAD))
                .maxNumConnections(MAX_CONNECTIONS)
                .idleTimeout(timings.serverIdle())
                .requestTimeout(timings.requestDeadline().plus(TIMEOUT_MARGIN))
                .maxRequestLength(MAX_BODY_BYTES)
                .http1MaxInitialLineLength(MAX_TARGET_BYTES)
                .http1MaxHeaderSize(MAX_HEADER_BYTES)
                .http2MaxHeaderListSize(MAX_HEADER_BYTES)
                .http2MaxStreamsPerConnection(MAX_STREAMS_PER_CONNECTION)
                .http2MaxResetFramesPerWindow(MAX_RESETS, MAX_RESETS_SECONDS)
                .gracefulShutdownTimeout(QUIET_PERIOD, timings.drain())
                .disableServerHeader()
                .verboseResponses(false)
                .errorHandler(layers.errorHandler(clock))
                .childChannelPipelineCustomizer(layers::accept)
                .decorator(layers::around)
                .accessLogWriter(layers.log(), true);
        CrossOrigin.addHeadersTo(builder);
        Routes routes = layers.routes(builder);
        RequestScope scope = new RequestScope(timings.requestDeadline());
        new HealthRoutes(readiness).addTo(routes);
        new WeatherRoutes(lookup, scope, cache, clock).addTo(routes);
        new BatchRoute(lookup, scope).addTo(routes);
        new StreamRoute(streams).addTo(routes);
        WebPages.load(problemPages()).forEach(routes::ordinary);
        return new RestServer(builder.build(), readiness);
    }

    /** The paths of the pages that explain a problem. */
    private static List<String> problemPages() {
        return Arrays.stream(ProblemType.values()).map(ProblemType::uri).toList();
    }

    /** Returns when the server listens. */
    public void start() {
        server.start().join();
        LOG.info("weather-aggregator serves REST on {}", server.activePort());
    }

    /** The port on which the server listens. */
    public int port() {
        return server.activeLocalPort();
    }

    @Override
    public void lameDuckStarted() {
        readiness.drain();
    }

    @Override
    public void drain(Duration limit) throws InterruptedException {
        try {
            stop().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the REST server was stopped before all requests had ended", e);
        }
    }

    /** Starts to stop. Completes when all threads have ended, seconds after the last request. */
    CompletableFuture<Void> stop() {
        return server.stop();
    }

    @Override
    public void close() {
        server.close();
    }
}
