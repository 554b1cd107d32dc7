package io.weathermesh.local;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A response to a request of the command line through the load balancer.
 *
 * @param fromGateway false if the load balancer responded itself
 */
record GatewayResponse(int status, boolean fromGateway, String body) {
    /**
     * Sends a GET request to the load balancer.
     *
     * @param port of the load balancer on 127.0.0.1
     * @param path encoded, such as {@code /v1/weather/vienna}
     * @param timeout of the connection, and of every read
     */
    static GatewayResponse get(int port, String path, Duration timeout) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout((int) timeout.toMillis());
        connection.setReadTimeout((int) timeout.toMillis());
        int status = connection.getResponseCode();
        try (InputStream body = status < HttpURLConnection.HTTP_BAD_REQUEST
                ? connection.getInputStream()
                : connection.getErrorStream()) {
            return new GatewayResponse(
                    status,
                    connection.getHeaderField("X-Request-Id") != null,
                    body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
