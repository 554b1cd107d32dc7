package io.weathermesh.aggregator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bare sockets, for what no client would send. A vertical bar is the end of a line. */
@Tag("jdk")
final class StrictHttp1Test {
    private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();

    @AutoClose
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway =
                TestGateway.start(RequestLayers.create(RestSettings.defaults(AccessLogFormat.OFF), METERS, System.out));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/sources HTTP/1.1|Connection: close||",
                "GET /v1/sources HTTP/1.1|Host: a|Host: a|Connection: close||",
                "GET /v1/sources HTTP/1.1|Host: a b|Connection: close||",
                "GET /v1/sources HTTP/1.1|Host: user@a|Connection: close||",
                "GET /v1/sources HTTP/1.1|Host: a/b|Connection: close||",
                "GET /v1/sources HTTP/1.1|Host: a:port|Connection: close||",
                "GET /v1/sources HTTP/1.1|Host: [::1|Connection: close||",
                "GET http://a@b/v1/sources HTTP/1.1|Host: a|Connection: close||",
                "POST /v1/weather:batch HTTP/1.1|Host: a|Transfer-Encoding: gzip||",
                "POST /v1/weather:batch HTTP/1.1|Host: a|Transfer-Encoding: gzip, chunked||0||",
                "POST /v1/weather:batch HTTP/1.1|Host: a|Transfer-Encoding: chunked|Transfer-Encoding: zz||0||",
                "POST /v1/weather:batch HTTP/1.0|Host: a|Transfer-Encoding: chunked||0||",
                "POST /v1/weather:batch HTTP/1.1|Host: a|Content-Length: 1|Content-Length: 2||x",
                "GET /v1/sources HTTP/1.1|Host : a||",
                "GET * HTTP/1.1|Host: a|Connection: close||"
            })
    void invalidHttp1IsRefusedAsAProblem(String request) throws Exception {
        double before = malformed();
        assertThat(answer(request))
                .startsWith("HTTP/1.1 400 ")
                .contains("application/problem+json", "/problems/malformed-request")
                .doesNotContain("Exception", "host is none");
        assertThat(malformed() - before).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /livez HTTP/1.1|Host: a.example:80|Connection: close||",
                "GET /livez HTTP/1.1|Host: [::1]:8080|Connection: close||",
                "GET /livez HTTP/1.1|Host: under_score|Connection: close||",
                "GET /livez HTTP/1.1|Host:|Connection: close||",
                "GET /livez HTTP/1.1|Host: a|X-Folded: one|  two|Connection: close||",
                "GET /livez HTTP/1.0||",
                "GET http://a.example/livez HTTP/1.1|Host: other|Connection: close||",
                "GET HTTP://a.example:80/livez?x=1 HTTP/1.1|Host: other|Connection: close||"
            })
    void validHttp1IsServed(String request) throws Exception {
        assertThat(answer(request)).startsWith("HTTP/1.1 200 ").endsWith("ok\n");
    }

    @Test
    void anUpgradeIsNotMade() throws Exception {
        assertThat(answer("GET /livez HTTP/1.1|Host: a|Connection: Upgrade, HTTP2-Settings|Upgrade: h2c|"
                        + "HTTP2-Settings: AAMAAABkAAQAAP__||GET /livez HTTP/1.1|Host: a|Connection: close||"))
                .startsWith("HTTP/1.1 200 ")
                .doesNotContain("HTTP/1.1 101")
                .endsWith("ok\n");
    }

    /** The gateway looks at the first bytes of a connection on their own. */
    @Test
    void aRequestMayComeByteByByte() throws Exception {
        try (Socket socket = gateway.connect()) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            for (byte one : bytes("GET /v1/sources HTTP/1.1|Connection: close||")) {
                out.write(one);
            }
            assertThat(TestGateway.readUntilClosed(socket)).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void everyRequestOfAConnectionIsChecked() throws Exception {
        assertThat(answer("GET /livez HTTP/1.1|Host: a||GET /livez HTTP/1.1|Host: a|Host: b||"))
                .startsWith("HTTP/1.1 200 ")
                .contains("HTTP/1.1 400 ");
    }

    private static double malformed() {
        var counter =
                METERS.find("gateway.requests.malformed").tag("status", "400").counter();
        return counter == null ? 0 : counter.count();
    }

    private static String answer(String request) throws Exception {
        try (Socket socket = gateway.connect()) {
            socket.getOutputStream().write(bytes(request));
            return TestGateway.readUntilClosed(socket);
        }
    }

    private static byte[] bytes(String request) {
        return request.replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }
}
