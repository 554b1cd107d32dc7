package io.weathermesh.local.twin;

import com.google.gson.Gson;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.weathermesh.local.fleet.DaemonThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Receives commands from other terminals of the same user: JSON over HTTP on loopback, with the token of the twin's file.
 * It is closed by the end of the process only, so that an open connection shows that end.
 */
final class ControlServer {
    static final String PATH = "/command";
    static final String TOKEN_HEADER = "X-Weather-Token";

    private static final int MAX_COMMAND_BYTES = 8_192;

    /** A command takes moments, and there is one user. */
    private static final int THREADS = 2;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, DaemonThreads.named("control"));
    private final String token;
    private final Function<CommandRequest, CommandResult> commands;

    private ControlServer(HttpServer server, String token, Function<CommandRequest, CommandResult> commands) {
        this.server = server;
        this.token = token;
        this.commands = commands;
    }

    static ControlServer start(String token, Function<CommandRequest, CommandResult> commands) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ControlServer server = new ControlServer(http, token, commands);
        http.createContext(PATH, server::answer);
        http.setExecutor(server.threads);
        http.start();
        return server;
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String sent = exchange.getRequestHeaders().getFirst(TOKEN_HEADER);
            byte[] body = exchange.getRequestBody().readNBytes(MAX_COMMAND_BYTES);
            if (sent == null || !MessageDigest.isEqual(bytes(sent), bytes(token))) {
                exchange.sendResponseHeaders(403, -1);
                return;
            }
            Gson gson = new Gson();
            CommandResult outcome =
                    commands.apply(gson.fromJson(new String(body, StandardCharsets.UTF_8), CommandRequest.class));
            byte[] answer = bytes(gson.toJson(outcome));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
