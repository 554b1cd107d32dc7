package io.weathermesh.local.aws;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.weathermesh.local.fleet.DaemonThreads;
import io.weathermesh.local.fleet.Fleet;
import io.weathermesh.local.fleet.FleetBusyException;
import io.weathermesh.mesh.MeshTimings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Serves the AWS command line and SDKs: AWS JSON 1.0 and 1.1, with the operation in {@code X-Amz-Target}. Signatures are
 * ignored: every client of this loopback address may do what {@code ./weather} may.
 */
public final class AwsServer implements AutoCloseable {
    private static final int MAX_BODY_BYTES = 1 << 20;
    private static final int THREADS = 4;

    /** Seconds that close waits for exchanges. */
    private static final int NO_WAIT = 0;

    /**
     * The hosts that are served. A web page can let its own host name resolve to this address (DNS rebinding), but not
     * these. AWS clients prefix the host of some operations with {@code data-}.
     */
    private static final Pattern OWN_HOSTS =
            Pattern.compile("(data-)?(([a-z0-9-]+\\.)*localhost|127\\.\\d+\\.\\d+\\.\\d+)(:\\d+)?");

    private static final Gson GSON = new GsonBuilder()
            .registerTypeAdapter(Instant.class, (JsonSerializer<Instant>)
                    (instant, type, context) -> new JsonPrimitive(instant.toEpochMilli() / 1e3))
            .create();

    private record Api(String prefix, String name, String invalid, AwsApi operations) {}

    private final HttpServer server;
    private final Api ecs;
    private final Api cloudMap;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, DaemonThreads.named("aws"));

    private AwsServer(HttpServer server, AwsApi ecs, AwsApi cloudMap) {
        this.server = server;
        this.ecs = new Api("AmazonEC2ContainerServiceV20141113.", "ecs", "InvalidParameterException", ecs);
        this.cloudMap = new Api("Route53AutoNaming_v20170314.", "servicediscovery", "InvalidInput", cloudMap);
    }

    /**
     * Listens and serves on threads of its own until it is closed. Port 0 selects a free port.
     *
     * @throws IOException if the address is in use or does not exist
     */
    public static AwsServer start(
            InetSocketAddress address, Fleet fleet, CloudMapRegistry registry, MeshTimings timings) throws IOException {
        HttpServer http = HttpServer.create(address, 0);
        AwsServer server = new AwsServer(http, new EcsApi(fleet), new CloudMapApi(registry, timings, new Random()));
        http.createContext("/", server::answer);
        http.setExecutor(server.threads);
        http.start();
        return server;
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String host = exchange.getRequestHeaders().getFirst("Host");
            if (host == null || !OWN_HOSTS.matcher(host).matches()) {
                reply(exchange, 403, refusal("AccessDeniedException", "This is not the host " + host + "."));
                return;
            }
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
            try {
                reply(exchange, 200, carryOut(exchange.getRequestHeaders().getFirst("X-Amz-Target"), body));
            } catch (AwsException e) {
                reply(exchange, 400, refusal(e.code(), String.valueOf(e.getMessage())));
            } catch (FleetBusyException e) {
                reply(exchange, 503, refusal("ServiceUnavailableException", String.valueOf(e.getMessage())));
            } catch (RuntimeException e) {
                reply(exchange, 500, refusal("InternalServerError", String.valueOf(e.getMessage())));
            }
        }
    }

    private Map<String, ?> carryOut(@Nullable String target, byte[] body) {
        String wanted = target == null ? "" : target;
        for (Api api : new Api[] {ecs, cloudMap}) {
            if (wanted.startsWith(api.prefix())) {
                AwsRequest request = new AwsRequest(members(body), api.invalid());
                return api.operations().call(wanted.substring(api.prefix().length()), request);
            }
        }
        throw new AwsException(
                "UnknownOperationException",
                "The local twin has ecs and servicediscovery, in AWS JSON, but no operation '" + wanted + "'.");
    }

    private static JsonObject members(byte[] body) {
        if (body.length > MAX_BODY_BYTES) {
            throw AwsException.serialization("The body has more than " + MAX_BODY_BYTES + " bytes.");
        }
        try {
            JsonElement json =
                    JsonParser.parseString(body.length == 0 ? "{}" : new String(body, StandardCharsets.UTF_8));
            if (json.isJsonObject()) {
                return json.getAsJsonObject();
            }
        } catch (JsonParseException e) {
            // The exception below.
        }
        throw AwsException.serialization("The body is not a JSON object.");
    }

    /** The body of an error. */
    private static Map<String, ?> refusal(String code, String message) {
        Map<String, Object> refusal = new LinkedHashMap<>();
        refusal.put("__type", code);
        refusal.put("message", message);
        return refusal;
    }

    private static void reply(HttpExchange exchange, int status, Map<String, ?> answer) throws IOException {
        byte[] bytes = GSON.toJson(answer).getBytes(StandardCharsets.UTF_8);
        String contentType = exchange.getRequestHeaders().getFirst("Content-Type");
        boolean old = contentType != null && contentType.startsWith("application/x-amz-json-1.0");
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1." + (old ? "0" : "1"));
        exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
        if (answer.get("__type") instanceof String code) {
            exchange.getResponseHeaders().set("x-amzn-ErrorType", code);
        }
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(NO_WAIT);
        threads.shutdownNow();
    }
}
