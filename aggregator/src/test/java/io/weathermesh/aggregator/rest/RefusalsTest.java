package io.weathermesh.aggregator.rest;

import static io.weathermesh.aggregator.rest.Answers.problem;
import static io.weathermesh.aggregator.rest.TestGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not a question of the contract, over real sockets: refused by name, and in one form. */
final class RefusalsTest {
    @AutoClose
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.start(TestGateway.quietEdge());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/weather?latitude=91&longitude=0 | latitude
            /v1/weather?latitude=48 | longitude
            /v1/weather?latitude=NaN&longitude=0 | latitude
            /v1/weather?latitude=1e309&longitude=0 | latitude
            /v1/weather?latitude=0x10&longitude=0 | latitude
            /v1/weather/91,0 | latitude
            /v1/weather/0,-181 | longitude
            /v1/weather/NaN,NaN | location
            /v1/weather/1,2,3 | location
            /v1/weather/48.2N,16.37E | location
            /v1/weather/48.2,Vienna | location
            /v1/weather | location
            /v1/weather/vienna?location=berlin | location
            /v1/weather/vienna?latitude=1&longitude=2 | location
            /v1/weather/vienna?countryCode=XX | countryCode
            /v1/weather/vienna?elevation=9001 | elevation
            /v1/weather/vienna?language=!! | language
            /v1/weather/vienna?lattitude=1 | lattitude
            /v1/weather?location=a&location=b | location
            /v1/weather/a;b=c | path
            /%761/weather/Vienna | path
            /v1//weather/Vienna | path
            /v1/weather//Vienna | path
            /v1/weather//Vienna/stream | path
            /v1/weather/%2e/Vienna | path
            /v1/weather/%E2%80%AEabc | location
            /v1/weather/... | location
            /v1/locations | query
            /v1/locations?query=a&pageSize=51 | pageSize
            /v1/locations?query=a&pageSize=0 | pageSize
            /v1/sources?verbose=1 | verbose
            """)
    void aParameterThatIsNotAllowedIsNamed(String target, String parameter) throws Exception {
        JsonObject problem = problem(gateway.get(target.replace("!", "%21")), 400, "invalid-parameter");
        assertThat(problem.getAsJsonArray("errors")
                        .get(0)
                        .getAsJsonObject()
                        .get("parameter")
                        .getAsString())
                .isEqualTo(parameter);
    }

    /** The JDK's client refuses to send these, so they go over a bare socket. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/weather/%ff%fe HTTP/1.1",
                "GET /v1/weather/%c0%ae%c0%ae HTTP/1.1",
                "GET /v1/weather/%ed%a0%80 HTTP/1.1",
                "GET /v1/weather/%zz HTTP/1.1",
                "GET /v1/weather/% HTTP/1.1",
                "GET /v1/weather/%00 HTTP/1.1",
                "GET /v1/weather/x?location=%ff HTTP/1.1",
                "TRACE /v1/weather/vienna HTTP/1.1",
                "GARBAGE"
            })
    void whatIsNotWellFormedIsRefusedInTheSameForm(String requestLine) throws Exception {
        try (Socket socket = gateway.connect()) {
            socket.getOutputStream()
                    .write((requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            String answer = TestGateway.untilClosed(socket);
            assertThat(answer).startsWith("HTTP/1.1 4").contains("content-type: application/problem+json");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "PUT", "PATCH", "POST"})
    void onlyReadingIsOffered(String method) throws Exception {
        HttpResponse<String> response = gateway.send(method, "/v1/weather/vienna");
        problem(response, 405, "method-not-allowed");
        assertThat(header(response, "allow")).isEqualTo("GET, HEAD, OPTIONS");
    }
}
