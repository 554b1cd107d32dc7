package io.weathermesh.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bytes over a socket: what no SDK would send. */
final class AwsServerTest {
    private static final String LIST = "AmazonEC2ContainerServiceV20141113.ListClusters";

    private final AwsTwin twin = new AwsTwin();

    AwsServerTest() throws IOException {}

    @AfterEach
    void close() {
        twin.close();
    }

    @Test
    void aResponseHasTheProtocolVersionOfItsRequest() throws IOException {
        assertThat(send("127.0.0.1", "application/x-amz-json-1.0", LIST, "{}"))
                .contains("200 OK", "application/x-amz-json-1.0", "cluster/weather");
        assertThat(send("localhost:4570", "application/x-amz-json-1.1", LIST, ""))
                .contains("200 OK", "application/x-amz-json-1.1");
        assertThat(send("data-127.0.0.1:4570", "application/x-amz-json-1.1", LIST, "{}"))
                .contains("200 OK");
    }

    @Test
    void aForeignHostThatResolvesToThisAddressIsRefused() throws IOException {
        assertThat(send("evil.example:4570", "application/x-amz-json-1.1", LIST, "{}"))
                .contains("403", "AccessDeniedException")
                .doesNotContain("cluster/weather");
        assertThat(send("127.0.0.1.evil.example", "application/x-amz-json-1.1", LIST, "{}"))
                .contains("403");
    }

    @Test
    void anInvalidRequestIsRefused() throws IOException {
        assertThat(send("127.0.0.1", "application/x-amz-json-1.1", LIST, "[1"))
                .contains("400", "SerializationException");
        assertThat(send("127.0.0.1", "application/x-amz-json-1.1", "DynamoDB_20120810.ListTables", "{}"))
                .contains("400", "UnknownOperationException", "ListTables");
        assertThat(send(
                        "127.0.0.1",
                        "application/x-amz-json-1.1",
                        "AmazonEC2ContainerServiceV20141113.UpdateService",
                        "{\"service\": 7}"))
                .contains("400", "SerializationException");
    }

    private String send(String host, String type, String target, String body) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), twin.server.address().getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST / HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: " + type + "\r\nX-Amz-Target: " + target
                            + "\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body)
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
