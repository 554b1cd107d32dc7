package io.weathermesh.sources;

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

/** A live source played on loopback: it answers as the test says, and keeps what it was asked. */
final class PlayedUpstream implements AutoCloseable {
    /** How the source behaves. */
    interface Behavior {
        void answer(HttpExchange exchange) throws IOException, InterruptedException;
    }

    final List<URI> asked = new CopyOnWriteArrayList<>();
    final List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final HttpServer server;
    private volatile Behavior behavior;

    PlayedUpstream(Behavior behavior) throws IOException {
        this.behavior = behavior;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI());
            headers.add(Map.copyOf(exchange.getRequestHeaders()));
            try (exchange) {
                this.behavior.answer(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void behaves(Behavior other) {
        behavior = other;
    }

    static Behavior says(int status, String body, String... headerPairs) {
        return exchange -> {
            for (int i = 0; i < headerPairs.length; i += 2) {
                exchange.getResponseHeaders().add(headerPairs[i], headerPairs[i + 1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    /** One source behaves so, all others answer well. */
    static Behavior only(String source, Behavior behavior) {
        return exchange -> {
            String asked = Bodies.sourceOf(exchange.getRequestURI());
            (asked.equals(source) ? behavior : says(200, Bodies.of(asked))).answer(exchange);
        };
    }

    /** Promises a body, sends half of it, and closes the connection. */
    static Behavior saysHalf(String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
        };
    }

    /** Promises a body, sends half of it, and then nothing more until the test is over. */
    Behavior holdsHalf(String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
            exchange.getResponseBody().flush();
            closing.await();
        };
    }

    /** Takes the question and says nothing until the test is over. */
    Behavior hangs() {
        return exchange -> closing.await();
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
