package io.weathermesh.sources.live;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on loopback that behaves as the test sets it and records its requests. */
final class FakeUpstream implements AutoCloseable {
    /** Handles one request. */
    interface Behavior {
        void handle(HttpExchange exchange) throws IOException, InterruptedException;
    }

    final List<URI> requests = new CopyOnWriteArrayList<>();
    final List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final HttpServer server;
    private volatile Behavior behavior;

    FakeUpstream(Behavior behavior) throws IOException {
        this.behavior = behavior;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestURI());
            headers.add(Map.copyOf(exchange.getRequestHeaders()));
            try (exchange) {
                this.behavior.handle(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void behave(Behavior other) {
        behavior = other;
    }

    static Behavior respond(int status, String body, String... headerPairs) {
        return exchange -> {
            for (int i = 0; i < headerPairs.length; i += 2) {
                exchange.getResponseHeaders().add(headerPairs[i], headerPairs[i + 1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    /** One source behaves so, the others respond well. */
    static Behavior only(String source, Behavior behavior) {
        return exchange -> {
            String requested = ResponseBodies.sourceOf(exchange.getRequestURI());
            (requested.equals(source) ? behavior : respond(200, ResponseBodies.of(requested))).handle(exchange);
        };
    }

    /** Announces a body, sends half of it, and closes the connection. */
    static Behavior respondHalf(String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
        };
    }

    /** Announces a body, sends half of it, and then nothing until the test ends. */
    Behavior stallAfterHalf(String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
            exchange.getResponseBody().flush();
            closing.await();
        };
    }

    /** Accepts the request and sends nothing until the test ends. */
    Behavior stall() {
        return exchange -> closing.await();
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
