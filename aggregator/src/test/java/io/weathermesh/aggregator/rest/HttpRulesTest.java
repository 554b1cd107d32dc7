package io.weathermesh.aggregator.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules of RFC 9110 and RFC 9112 with a MUST that a client of an origin server can check, as a table: the section, the
 * bytes of one or more requests, and the response until the connection closes. Those about Host and transfer codings are in
 * {@link StrictHttp1Test}, those about caching in {@link RequestLayersTest}. A vertical bar is the end of a line.
 */
final class HttpRulesTest {
    private static final String BATCH = "POST /v1/weather:batch HTTP/1.1|Host: a|Content-Type: application/json|";
    private static final String BODY = "{\"requests\": [{\"location\": \"Vienna\"}]}";
    private static final String CHUNK = Integer.toHexString(BODY.length());
    private static final String LAST = "GET /livez HTTP/1.1|Host: a|Connection: close||";
    private static final String OK = "HTTP/1.1 200 .*";
    private static final String REFUSED = "HTTP/1.1 400 .*application/problem\\+json.*";

    @AutoClose
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.start(TestGateway.quietLayers());
    }

    static Stream<Arguments> rules() {
        return Stream.of(
                // The start line
                arguments("9112 2.2: an empty line before the request is ignored", "|" + LAST, OK),
                arguments("9112 2.2: no space before the first field", "GET /livez HTTP/1.1| X: 1|Host: a||", REFUSED),
                arguments("9112 2.3: a higher minor version", LAST.replace("1.1", "1.2"), "HTTP/1.1 (200|505) .*"),
                arguments("9110 2.5: an unknown major version", LAST.replace("1.1", "3.0"), "HTTP/1.1 (400|505) .*"),
                arguments("9112 3: no version", "GET /livez|Host: a||", REFUSED),
                arguments("9112 3: a space in the target", "GET /livez x HTTP/1.1|Host: a||", REFUSED),
                arguments("9112 3.2.2: absolute form", LAST.replace("/livez", "http://b/livez"), OK),
                arguments("9112 3.2.2: absolute form, no path", LAST.replace("/livez", "http://b"), OK),
                arguments("9112 3.2.2: absolute form needs Host", "GET http://b/livez HTTP/1.1||", REFUSED),
                arguments("9112 3.2.4: asterisk form", LAST.replace("GET /livez", "OPTIONS *"), "HTTP/1.1 [24]0.*"),
                // Header fields
                arguments("9112 5.1: no space before a colon", "GET /livez HTTP/1.1|Host: a|X : 1||", REFUSED),
                arguments("9110 5.1: a name is a token", "GET /livez HTTP/1.1|Host: a|X Y: 1||", REFUSED),
                arguments("9110 5.5: no NUL in a value", "GET /livez HTTP/1.1|Host: a|X: 1\0||", REFUSED),
                arguments("9112 5.2: a folded line", LAST.replace("||", "|X: 1|  2||"), OK),
                // The body
                arguments("9112 6.3: a length is a number", BATCH + "Content-Length: x||", REFUSED),
                arguments("9112 6.3: a length is not negative", BATCH + "Content-Length: -1||", REFUSED),
                arguments("9112 6.3: a length has digits only", BATCH + "Content-Length: +1||x", REFUSED),
                arguments("9112 6.3: lengths agree", BATCH + "Content-Length: 1, 2||x", REFUSED),
                arguments("9112 7.1: a chunk has a size", BATCH + "Transfer-Encoding: chunked||zz|x|0||", REFUSED),
                arguments(
                        "9112 7.1: chunks", chunked(CHUNK + "|" + BODY + "|0||") + LAST, OK + "STATUS_COMPLETE.*ok\n"),
                arguments(
                        "9112 7.1.1: extensions are ignored",
                        chunked(CHUNK + ";a=b|" + BODY + "|0;c||") + LAST,
                        OK + "STATUS_COMPLETE.*ok\n"),
                arguments(
                        "9112 7.1.2: trailers",
                        chunked(CHUNK + "|" + BODY + "|0|X: 1||") + LAST,
                        OK + "STATUS_COMPLETE.*ok\n"),
                // The connection
                arguments(
                        "9112 9.3: it persists",
                        "GET /livez HTTP/1.1|Host: a||" + LAST,
                        OK + "ok\nHTTP/1.1 200 .*ok\n"),
                arguments(
                        "9112 9.3.2: responses are in order",
                        "GET /v1/weather/vienna HTTP/1.1|Host: a||GET /nowhere HTTP/1.1|Host: a||" + LAST,
                        OK + "HTTP/1.1 404 .*HTTP/1.1 200 .*ok\n"),
                arguments("9112 9.6: close is answered with close", LAST, "(?i).*\r\nconnection: close\r\n.*ok\n"),
                arguments("9112 9.6: no request after close", LAST + LAST, "(?!.*HTTP/1.1 .*HTTP/1.1 )" + OK),
                // HTTP/1.0
                arguments(
                        "9112 6.1: no transfer coding",
                        "GET /v1/locations?query=v&pageSize=50 HTTP/1.0|Accept-Encoding: gzip||",
                        "(?is)(?!.*transfer-encoding)" + OK),
                arguments("9112 9.3: 1.0 closes", "GET /v1/weather/vienna HTTP/1.0||", OK + "STATUS_COMPLETE.*\n}\n"),
                arguments(
                        "9112 9.3: 1.0 may persist",
                        "GET /livez HTTP/1.0|Connection: keep-alive||GET /livez HTTP/1.0||",
                        OK + "ok\n.*ok\n"),
                arguments(
                        "9110 10.1.1: 1.0 expects nothing",
                        "POST /v1/weather:batch HTTP/1.0|Content-Type: application/json|Expect: 100-continue|Content-Length: "
                                + BODY.length() + "||" + BODY,
                        "(?!.* 100 )" + OK),
                // Methods
                arguments(
                        "9110 9.3.2: HEAD has no content",
                        "HEAD /v1/weather/vienna HTTP/1.1|Host: a||" + LAST,
                        "(?!.*STATUS_COMPLETE)" + OK + "HTTP/1.1 200 .*ok\n"),
                arguments(
                        "9110 9.3.2: HEAD of a stream ends",
                        "HEAD /v1/weather/vienna/stream HTTP/1.1|Host: a||" + LAST,
                        OK + "text/event-stream.*HTTP/1.1 200 .*ok\n"),
                arguments(
                        "9110 9.3.2: HEAD of a problem",
                        "HEAD /v2 HTTP/1.1|Host: a||" + LAST,
                        "(?!.*\"title\")HTTP/1.1 404 .*HTTP/1.1 200 .*ok\n"),
                arguments(
                        "9110 9.3.6: CONNECT is no route",
                        "CONNECT a:1 HTTP/1.1|Host: a:1|Connection: close||",
                        "HTTP/1.1 (400|405|501) .*problem\\+json.*"),
                arguments(
                        "9110 9.1: an unknown method",
                        LAST.replace("GET", "BREW"),
                        "HTTP/1.1 (400|405|501) .*problem\\+json.*"),
                arguments(
                        "9110 15.5.6: 405 has Allow",
                        LAST.replace("GET", "DELETE"),
                        "(?i)HTTP/1.1 405 .*\r\nallow: GET, HEAD, OPTIONS\r\n.*"),
                arguments(
                        "9110 8.6: 204 has no length",
                        LAST.replace("GET", "OPTIONS"),
                        "(?is)(?!.*(content-length|transfer-encoding))HTTP/1.1 204 .*"),
                // Expectations and dates
                arguments(
                        "9110 10.1.1: 100-continue",
                        BATCH + "Expect: 100-continue|Connection: close|Content-Length: " + BODY.length() + "||" + BODY,
                        "HTTP/1.1 (100 .*HTTP/1.1 )?200 .*STATUS_COMPLETE.*"),
                arguments(
                        "9110 10.1.1: another expectation",
                        LAST.replace("||", "|Expect: tea||"),
                        "HTTP/1.1 (200|417) .*"),
                arguments("9110 6.6.1: 200 has a date", LAST, "(?is)" + OK + "\r\ndate: .*"),
                arguments("9110 6.6.1: 404 has a date", LAST.replace("livez", "x"), "(?is)HTTP/1.1 404 .*\r\ndate: .*"),
                arguments(
                        "9110 6.6.1: 400 has a date",
                        "GET /livez HTTP/1.1||",
                        "(?is)" + REFUSED.replace("application", "\r\ndate: .*application")
                                + "|(?is)HTTP/1.1 400 .*application.*\r\ndate: .*"),
                // Conditions
                arguments(
                        "9110 13.2.1: an error comes before a condition",
                        LAST.replace("livez", "v1/weather/nowhere-at-all").replace("||", "|If-None-Match: *||"),
                        "HTTP/1.1 404 .*"),
                arguments(
                        "9110 13.1.1: If-Match fails",
                        LAST.replace("livez", "v1/weather/vienna").replace("||", "|If-Match: \"x\"||"),
                        "HTTP/1.1 412 .*/problems/precondition-failed.*"),
                arguments(
                        "9110 13.1.1: If-Match of a file fails",
                        LAST.replace("livez", "docs").replace("||", "|If-Match: \"x\"||"),
                        "HTTP/1.1 412 .*"),
                arguments(
                        "9110 13.1.1: If-Match of anything",
                        LAST.replace("livez", "v1/weather/vienna").replace("||", "|If-Match: *||"),
                        OK),
                arguments(
                        "9110 13.2.2: If-Match comes first",
                        LAST.replace("livez", "v1/weather/vienna").replace("||", "|If-Match: \"x\"|If-None-Match: *||"),
                        "HTTP/1.1 412 .*"),
                arguments(
                        "9110 13.1.3: a condition without a date is ignored",
                        LAST.replace("livez", "v1/weather/vienna")
                                .replace("||", "|If-Modified-Since: Mon, 23 Nov 2099 10:00:00 GMT||"),
                        OK),
                arguments(
                        "9110 14.2: a range may be ignored, and is",
                        LAST.replace("livez", "v1/weather/vienna").replace("||", "|Range: bytes=0-1||"),
                        OK + "STATUS_COMPLETE.*"));
    }

    private static String chunked(String chunks) {
        return BATCH + "Transfer-Encoding: chunked||" + chunks;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void theGatewayKeepsTheRule(String rule, String requests, String response) throws Exception {
        String received = responses(requests);
        assertThat(received).as(rule).matches("(?s)" + response).doesNotContain("Exception", " 500 ");
    }

    /** Both together can smuggle a request past a proxy, so the connection must end in any case (RFC 9112, section 6.1). */
    @ParameterizedTest
    @MethodSource("withBothLengths")
    void aLengthAndATransferCodingTogetherEndTheConnection(String fields) throws Exception {
        assertThat(responses(BATCH + fields + "||" + CHUNK + "|" + BODY + "|0||" + LAST))
                .doesNotEndWith("ok\n")
                .containsOnlyOnce("HTTP/1.1 ");
    }

    static Stream<String> withBothLengths() {
        return Stream.of(
                "Content-Length: 3|Transfer-Encoding: chunked",
                "Transfer-Encoding: chunked|Content-Length: " + BODY.length(),
                "Transfer-Encoding: chunked|Content-Length: 0");
    }

    private static String responses(String requests) throws Exception {
        try (Socket socket = gateway.connect()) {
            socket.getOutputStream().write(requests.replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return TestGateway.readUntilClosed(socket);
        }
    }
}
