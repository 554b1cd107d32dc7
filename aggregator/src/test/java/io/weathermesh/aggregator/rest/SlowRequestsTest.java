package io.weathermesh.aggregator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bare sockets, so that a request can be left unfinished. The end of a stream is the proof that it was closed. */
@Tag("jdk")
@Execution(ExecutionMode.CONCURRENT)
final class SlowRequestsTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    @AutoClose
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        // The first requests of a JVM load classes, which takes as long as a slow client.
        TestGateway.start(TestGateway.quietLayers()).close();
        RestSettings settings = RestSettings.defaults(AccessLogFormat.OFF);
        gateway = TestGateway.start(RequestLayers.create(settings, new SimpleMeterRegistry(), System.out, LIMIT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"G", "GET /livez HTTP/1.1\r\nHost: localhost\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"})
    void anIncompleteRequestClosesTheConnection(String begun) throws Exception {
        try (Socket socket = gateway.connect()) {
            socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        }
    }

    @Test
    void aSlowUnreadBodyClosesTheConnection() throws Exception {
        try (Socket socket = gateway.connect()) {
            ask(socket, "GET /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n");
            socket.getOutputStream().write('x');
            socket.getInputStream().readAllBytes();
        }
    }

    @Test
    void aSlowBatchGets408BeforeTheConnectionCloses() throws Exception {
        try (Socket socket = gateway.connect()) {
            socket.getOutputStream()
                    .write(("POST /v1/weather:batch HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 100\r\n\r\n{")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = TestGateway.readUntilClosed(socket);
            assertThat(answer)
                    .startsWith("HTTP/1.1 408 ")
                    .contains("application/problem+json", "/problems/malformed-request", "\"status\":408");
        }
    }

    @Test
    void anIdleConnectionStaysOpen() throws Exception {
        try (Socket waiting = gateway.connect();
                Socket slow = gateway.connect()) {
            ask(waiting, "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n");
            // The other connection is closed after the limit: by then the first has waited for as long.
            slow.getOutputStream().write('G');
            slow.getInputStream().readAllBytes();
            ask(waiting, "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
    }

    private static void ask(Socket socket, String request) throws Exception {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("\r\n\r\nok\n")) {
            int next = in.read();
            assertThat(next).as(answer.toString()).isNotNegative();
            answer.append((char) next);
        }
    }
}
