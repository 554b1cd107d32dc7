package io.weathermesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real sockets: a client library would not send half of a request. */
@Tag("jdk")
final class AdminServerTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Duration LONGEST = Duration.ofSeconds(2);

    /** For clients that are in time on a slow machine too. */
    private static final Duration UNHURRIED = Duration.ofMinutes(5);

    private static final String REQUEST = "GET /livez HTTP/1.1\r\nHost: here\r\n\r\n";

    private final List<Socket> clients = new ArrayList<>();
    private AdminServer server;

    private void start(Duration longest) throws IOException {
        server = AdminServer.start(
                new InetSocketAddress(LOOPBACK, 0), Map.of("/livez", AdminServer.Page.text(() -> "ok\n")), longest);
    }

    @AfterEach
    void close() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        server.close();
    }

    @Test
    void clientsThatSendHalfARequestAreDisconnectedAndTheNextClientIsServed() throws Exception {
        start(LONGEST);
        List<Socket> dead = new ArrayList<>();
        for (int client = 0; client < AdminServer.THREADS; client++) {
            dead.add(send(REQUEST.substring(0, REQUEST.length() / 2)));
        }

        assertThat(firstLine(send(REQUEST))).isEqualTo("HTTP/1.1 200 OK");
        for (Socket client : dead) {
            assertThat(firstLine(client)).isEmpty();
        }
    }

    @Test
    void aConnectionStaysOpenForRequestsThatComeInTime() throws Exception {
        start(UNHURRIED);
        Socket client = send(REQUEST);
        assertThat(firstLine(client)).isEqualTo("HTTP/1.1 200 OK");
        String rest = new String(client.getInputStream().readNBytes(1), StandardCharsets.US_ASCII);
        while (!rest.endsWith("ok\n")) {
            rest += new String(client.getInputStream().readNBytes(1), StandardCharsets.US_ASCII);
        }

        client.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));

        assertThat(firstLine(client)).isEqualTo("HTTP/1.1 200 OK");
    }

    private Socket send(String text) throws IOException {
        Socket client = new Socket(LOOPBACK, server.port());
        clients.add(client);
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    /** Empty if the server hung up. */
    private static String firstLine(Socket client) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = client.getInputStream().read();
                read >= 0 && read != '\r';
                read = client.getInputStream().read()) {
            line.append((char) read);
        }
        return line.toString();
    }
}
