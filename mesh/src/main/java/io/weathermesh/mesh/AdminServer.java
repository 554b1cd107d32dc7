package io.weathermesh.mesh;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pages for operators, over plain HTTP on a port of its own that is never public. Serves until it is closed, also during
 * the shutdown of the process. Connections of clients that send or read too slowly are closed: one of the pages is the
 * container's health check, and a scraper that died in the middle of a request must not be able to end the task.
 */
final class AdminServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);

    /** Enough for two scrapes, a health check and a person; more could take the processor from calls. */
    static final int THREADS = 4;

    /** From the first byte of a request to the last byte of its response; a page takes milliseconds. */
    private static final Duration MAX_REQUEST_TIME = Duration.ofSeconds(5);

    /**
     * A page of the admin port.
     *
     * @param contentType its media type, without a character set: pages are UTF-8
     * @param body makes the page for each request; may be called by several threads at a time
     */
    record Page(String contentType, Supplier<String> body) {
        static Page text(Supplier<String> body) {
            return new Page("text/plain", body);
        }

        static Page json(Supplier<String> body) {
            return new Page("application/json", body);
        }
    }

    private final HttpServer server;
    private final ExecutorService executor;
    private final ScheduledExecutorService clock;

    private AdminServer(HttpServer server, ExecutorService executor, ScheduledExecutorService clock) {
        this.server = server;
        this.executor = executor;
        this.clock = clock;
    }

    /** Starts to serve. Port 0 takes a free one. */
    static AdminServer start(InetSocketAddress address, Map<String, Page> pages) throws IOException {
        return start(address, pages, MAX_REQUEST_TIME);
    }

    /** @param maxRequestTime when the connection of a request is closed */
    static AdminServer start(InetSocketAddress address, Map<String, Page> pages, Duration maxRequestTime)
            throws IOException {
        HttpServer server = listen(address);
        ThreadFactory threads = new DefaultThreadFactory("mesh-admin", true);
        ExecutorService executor = Executors.newFixedThreadPool(THREADS, threads);
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(threads);
        server.setExecutor(request -> executor.execute(new LimitedTask(request, clock, maxRequestTime)));
        server.createContext("/", exchange -> answer(exchange, pages));
        server.start();
        return new AdminServer(server, executor, clock);
    }

    /** Interrupts its thread at the end of its time, which closes the connection that the thread reads or writes. */
    private static final class LimitedTask extends FutureTask<@Nullable Void> {
        private final ScheduledExecutorService clock;
        private final Duration maxRequestTime;

        LimitedTask(Runnable request, ScheduledExecutorService clock, Duration maxRequestTime) {
            super(request, null);
            this.clock = clock;
            this.maxRequestTime = maxRequestTime;
        }

        @Override
        public void run() {
            ScheduledFuture<?> end =
                    clock.schedule(() -> cancel(true), maxRequestTime.toMillis(), TimeUnit.MILLISECONDS);
            super.run();
            end.cancel(false);
        }
    }

    private static HttpServer listen(InetSocketAddress address) throws IOException {
        try {
            return HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new PortTakenException(address, "MESH_ADMIN_PORT", e);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, Map<String, Page> pages) throws IOException {
        try (exchange) {
            Page page = pages.get(exchange.getRequestURI().getPath());
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (page == null) {
                send(exchange, 404, "text/plain", "pages: " + String.join(" ", pages.keySet()) + "\n");
            } else if (head || exchange.getRequestMethod().equals("GET")) {
                send(exchange, 200, page.contentType(), page.body().get());
            } else {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, 405, "text/plain", "allowed methods: GET, HEAD\n");
            }
        } catch (RuntimeException e) {
            LOG.warn("Admin page {} failed", exchange.getRequestURI().getPath(), e);
        }
    }

    private static void send(HttpExchange exchange, int status, String contentType, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", contentType + "; charset=utf-8");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
        clock.shutdownNow();
    }
}
