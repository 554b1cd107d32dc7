package io.weathermesh.aggregator.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bare sockets, so that a request continues after its response. A vertical bar is the end of a line. */
@Tag("jdk")
final class StagedCloseTest {
    private static final int BODY_BYTES = 200_000;

    @AutoClose
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.start(TestGateway.quietLayers());
    }

    @ParameterizedTest
    @CsvSource({
        "414, POST /v1/weather:batch?location=LONG HTTP/1.1|Host: a|Content-Length: 200000||",
        "431, POST /v1/weather:batch HTTP/1.1|Host: a|X-Long: LONGLONGLONG|Content-Length: 200000||",
        "400, POST /v1/weather:batch HTTP/1.1|Content-Length: 200000||",
        "400, POST /v1/weather/%00 HTTP/1.1|Host: a|Content-Length: 200000||",
        "413, POST /v1/weather:batch HTTP/1.1|Host: a|Content-Type: application/json|Content-Length: 200000||FIRST"
    })
    void aClientThatIsStillSendingGetsTheResponseAndNoReset(int status, String head) throws Exception {
        try (Socket socket = gateway.connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(bytes(head));
            assertThat(TestGateway.readUntilClosed(socket))
                    .startsWith("HTTP/1.1 " + status + " ")
                    .contains("application/problem+json");
            assertThatCode(() -> sendTheBody(out)).doesNotThrowAnyException();
        }
    }

    @Test
    void anEndlessRequestClosesTheConnection() throws Exception {
        try (Socket socket = gateway.connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(bytes("GET /v1/weather?location=LONG HTTP/1.1|Host: a||"));
            assertThat(TestGateway.readUntilClosed(socket)).startsWith("HTTP/1.1 414 ");
            assertThatThrownBy(() -> {
                        while (true) {
                            out.write(bytes("LONG"));
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    private static void sendTheBody(OutputStream out) throws IOException {
        byte[] piece = bytes("LONG");
        for (int sent = 0; sent < BODY_BYTES; sent += piece.length) {
            out.write(piece);
        }
    }

    private static byte[] bytes(String request) {
        return request.replace("|", "\r\n")
                .replace("LONG", "a".repeat(5_000))
                .replace("FIRST", " ".repeat(70_000))
                .getBytes(StandardCharsets.US_ASCII);
    }
}
