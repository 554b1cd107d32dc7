package io.weathermesh.aggregator.rest;

import static io.weathermesh.aggregator.rest.Responses.problem;
import static io.weathermesh.aggregator.rest.TestGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalid requests over real sockets: each is refused as a problem that names the parameter. */
final class RefusalsTest {
    @AutoClose
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.start(TestGateway.quietLayers());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/weather?latitude=91&longitude=0 | latitude
            /v1/weather?latitude=48 | longitude
            /v1/weather?latitude=NaN&longitude=0 | latitude
            /v1/weather?latitude=1e309&longitude=0 | latitude
            /v1/weather?latitude=1e2&longitude=0 | latitude
            /v1/weather/9.1e1,0 | latitude
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
    void anInvalidParameterIsNamed(String target, String parameter) throws Exception {
        JsonObject problem = problem(gateway.get(target.replace("!", "%21")), 400, "invalid-parameter");
        assertThat(problem.getAsJsonArray("errors")
                        .get(0)
                        .getAsJsonObject()
                        .get("parameter")
                        .getAsString())
                .isEqualTo(parameter);
    }

    /** Its name and its value are those that the client sent, with the right name where it used one of the contract. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            country_code=AT | country_code is unknown, but must be countryCode.
            languageCode=de | languageCode is unknown, but must be language.
            elevation_meters=1 | elevation_meters is unknown, but must be elevation.
            elevationMeters=1 | elevationMeters is unknown, but must be elevation.
            Language=de | Language is unknown, but must be language.
            lattitude=1 | lattitude is unknown, but must be one of countryCode, elevation, language, latitude, location, longitude.
            latitude=91&longitude=0 | latitude is 91, but must be between -90 and 90.
            latitude=1e309&longitude=0 | latitude is '1e309', but must be a number such as 48.21.
            latitude=48%C2%B0&longitude=0 | latitude is '48°', but must be a number such as 48.21.
            language=z%C3%BCrich%21 | language is 'zürich!', but must be a BCP 47 tag such as de or pt-BR.
            countryCode=%F0%9F%92%A8 | countryCode is '💨', but must be
            countryCode=%F0%A0%80%80 | countryCode is '𠀀', but must be
            countryCode=%E2%80%AEx | countryCode is '\\u{202e}x', but must be
            location=Graz&location=Linz | location is given 2 times, but must be given once.
            """)
    void aRefusalQuotesWhatWasSent(String query, String detail) throws Exception {
        String place = query.startsWith("lo") || query.startsWith("latitude") ? "" : "&location=Vienna";
        JsonObject problem = problem(gateway.get("/v1/weather?" + query + place), 400, "invalid-parameter");
        assertThat(problem.get("detail").getAsString()).startsWith(detail);
        assertThat(problem.get("detail").getAsString())
                .startsWith(problem.getAsJsonArray("errors")
                        .get(0)
                        .getAsJsonObject()
                        .get("parameter")
                        .getAsString());
    }

    @Test
    void aLongValueIsCutInARefusal() throws Exception {
        JsonObject problem = problem(
                gateway.get("/v1/weather?location=Vienna&language=" + "1".repeat(100)), 400, "invalid-parameter");
        assertThat(problem.get("detail").getAsString()).startsWith("language is '" + "1".repeat(60) + "…', but must");
    }

    /** As Java, Python, Go, JavaScript and C print them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/weather?latitude=51.4779&longitude=1e-05",
                "/v1/weather?latitude=51.4779&longitude=4.4E-5",
                "/v1/weather?latitude=48.85661400000001&longitude=2.3522219000000177",
                "/v1/weather?latitude=-0.0&longitude=1e2",
                "/v1/weather?latitude=4.8e%2B1&longitude=%2B16",
                "/v1/weather?latitude=048.000000000000000000000000000001&longitude=0",
                "/v1/weather?location=Vienna&elevation=1.5E2",
                "/v1/locations?latitude=4.8e1&longitude=1.6e1",
                "/v1/weather/48.85661400000001,2.3522219000000177",
                "/v1/weather/4.8e1,1e-05"
            })
    void aNumberMayHaveAnyFormOfJson(String target) throws Exception {
        HttpResponse<String> response = gateway.get(target);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".5", "5.", "0x10", "NaN", "Infinity", "1e999", "1,5", "٤٨", "--1", "1e", "1_000"})
    void aNumberMustHaveAFormOfJson(String number) throws Exception {
        problem(
                gateway.get("/v1/weather?longitude=0&latitude=" + URLEncoder.encode(number, StandardCharsets.UTF_8)),
                400,
                "invalid-parameter");
    }

    /** As curl sends a query, over a bare socket, since the JDK's client encodes it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/weather?location=Zürich",
                "/v1/weather?location=Málaga",
                "/v1/weather?location=Kraków",
                "/v1/weather?location=東京",
                "/v1/weather/Zürich",
                "/v1/climate/Kraków",
                "/v1/locations?query=Malmö",
                "/v1/weather?location=S%C3%A3o+Paulo&language=de"
            })
    void rawUtf8IsReadAsUtf8(String target) throws Exception {
        String response = raw(target, StandardCharsets.UTF_8);
        assertThat(response).startsWith("HTTP/1.1 200 ").contains("displayName");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/weather?location=Zürich", "/v1/weather/Zürich", "/v1/locations?query=\u00ff\u00fe"})
    void otherRawBytesAreRefused(String target) throws Exception {
        assertThat(raw(target, StandardCharsets.ISO_8859_1))
                .startsWith("HTTP/1.1 400 ")
                .contains("/problems/", "\"status\":400");
    }

    private static String raw(String target, Charset charset) throws Exception {
        try (Socket socket = gateway.connect()) {
            socket.getOutputStream()
                    .write(("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(charset));
            return TestGateway.readUntilClosed(socket);
        }
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
    void aMalformedTargetIsRefusedAsAProblem(String requestLine) throws Exception {
        try (Socket socket = gateway.connect()) {
            socket.getOutputStream()
                    .write((requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            String answer = TestGateway.readUntilClosed(socket);
            assertThat(answer).startsWith("HTTP/1.1 4").contains("content-type: application/problem+json");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "PUT", "PATCH", "POST"})
    void aGetRouteRefusesOtherMethods(String method) throws Exception {
        HttpResponse<String> response = gateway.send(method, "/v1/weather/vienna");
        problem(response, 405, "method-not-allowed");
        assertThat(header(response, "allow")).isEqualTo("GET, HEAD, OPTIONS");
    }
}
