package io.weathermesh.aggregator.rest;

import static io.weathermesh.aggregator.rest.TestGateway.PATIENCE;
import static io.weathermesh.aggregator.rest.TestGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The layers around every response, over real sockets. */
final class RequestLayersTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @AutoClose
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.start(TestGateway.quietLayers());
    }

    @BeforeEach
    void allProvidersRespond() {
        gateway.allProvidersRespond();
        gateway.temperature().forgetHeaders();
    }

    @Test
    void aCompleteResponseHasCacheHeaders() throws Exception {
        HttpResponse<String> response = gateway.get("/v1/weather/vienna");
        assertThat(header(response, "cache-control")).isEqualTo("public, max-age=300");
        assertThat(header(response, "expires")).isEqualTo("Mon, 23 Nov 2026 10:05:00 GMT");
        assertThat(header(response, "etag")).matches("W/\"[0-9a-f]{24}\"");
        assertThat(header(response, "vary")).isEqualTo("accept-encoding");
        assertThat(header(response, "date")).isNotEmpty();
    }

    @Test
    void aPartialResponseIsNotCacheableAndHasNoEntityTag() throws Exception {
        gateway.humidity().behave(FakeProvider.Behavior.FAILS);
        HttpResponse<String> response = gateway.get("/v1/weather/vienna", "If-None-Match", "*");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "cache-control")).isEqualTo("no-store");
        assertThat(header(response, "etag")).isEmpty();
        assertThat(header(response, "expires")).isEmpty();
    }

    @Test
    void aMatchingEntityTagGets304() throws Exception {
        String tag = header(gateway.get("/v1/weather/vienna"), "etag");
        for (String known : new String[] {tag, tag.substring(2), "\"other\", " + tag, "*"}) {
            HttpResponse<String> response = gateway.get("/v1/weather/vienna", "If-None-Match", known);
            assertThat(response.statusCode()).as(known).isEqualTo(304);
            assertThat(response.body()).isEmpty();
            assertThat(header(response, "etag")).isEqualTo(tag);
            assertThat(header(response, "cache-control")).isEqualTo("public, max-age=300");
            assertThat(header(response, "vary")).isEqualTo("accept-encoding");
        }
        assertThat(gateway.get("/v1/weather/vienna", "If-None-Match", "\"other\"")
                        .statusCode())
                .isEqualTo(200);
        assertThat(gateway.get("/v1/weather/berlin", "If-None-Match", tag).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/weather/vienna",
                "/v1/weather?latitude=1&longitude=2",
                "/v1/locations?query=vi",
                "/v1/weather/vienna/stream?language=de&latitude=1",
                "/v1/weather/nowhere-at-all/stream",
                "/v1/climate/vienna",
                "/v1/sources",
                "/v1/weather:batch",
                "/v2/nowhere",
                "/livez",
                "/readyz",
                "/healthz",
                "/",
                "/docs",
                "/openapi.json",
                "/problems",
                "/problems/internal",
                "/web/page.js",
                "/web/swagger-ui-bundle.js"
            })
    void headHasTheHeadersOfGet(String target) throws Exception {
        HttpResponse<String> whole = gateway.get(target);
        HttpResponse<String> head = gateway.send("HEAD", target);
        assertThat(head.statusCode()).isEqualTo(whole.statusCode());
        assertThat(head.body()).isEmpty();
        for (String name : new String[] {"content-type", "content-length", "cache-control", "etag"}) {
            assertThat(header(head, name)).as(name).isEqualTo(header(whole, name));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/weather",
                "/v1/weather/vienna",
                "/v1/weather/vienna/stream",
                "/v1/climate",
                "/v1/climate/vienna",
                "/v1/locations",
                "/v1/sources",
                "/livez",
                "/healthz",
                "/readyz",
                "/",
                "/docs",
                "/openapi.json",
                "/problems"
            })
    void everyPathHasItsAllowedMethods(String target) throws Exception {
        preflight(target);
        HttpResponse<String> options = gateway.send("OPTIONS", target);
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(header(options, "allow")).isEqualTo("GET, HEAD, OPTIONS");
        HttpResponse<String> refused = gateway.send("DELETE", target);
        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(header(refused, "allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void aBatchAllowsPostOnly() throws Exception {
        preflight("/v1/weather:batch");
        assertThat(header(gateway.send("OPTIONS", "/v1/weather:batch"), "allow"))
                .isEqualTo("POST, OPTIONS");
        HttpResponse<String> refused = gateway.get("/v1/weather:batch");
        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(header(refused, "allow")).isEqualTo("POST, OPTIONS");
    }

    @Test
    void headOfAStreamEndsAndClosesTheProvidersStreams() throws Exception {
        HttpResponse<String> head = gateway.send("HEAD", "/v1/weather/vienna/stream");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(header(head, "content-type")).isEqualTo("text/event-stream");
        assertThat(header(head, "cache-control")).isEqualTo("no-store");
        gateway.temperature().awaitCancelled(PATIENCE);
        gateway.humidity().awaitCancelled(PATIENCE);
    }

    @Test
    void optionsOfAnUnknownPathIsNotFound() throws Exception {
        assertThat(gateway.send("OPTIONS", "/v2/weather").statusCode()).isEqualTo(404);
    }

    /** Whatever the origin: a shared cache hands a script what it has kept of a request that named none. */
    @ParameterizedTest
    @ValueSource(strings = {"", "null", "https://example.org"})
    void scriptsOfAnyOriginMayReadResponsesAndHeaders(String origin) throws Exception {
        String[] saying = origin.isEmpty() ? new String[0] : new String[] {"Origin", origin};
        for (String target :
                new String[] {"/v1/weather/vienna", "/v1/weather/nowhere-at-all", "/no/such/route", "/docs"}) {
            HttpResponse<String> response = gateway.get(target, saying);
            assertThat(response.headers().allValues("access-control-allow-origin"))
                    .as(target)
                    .containsExactly("*");
            assertThat(response.headers().allValues("access-control-expose-headers"))
                    .as(target)
                    .singleElement()
                    .asString()
                    .contains("etag", "retry-after", "x-request-id");
            assertThat(header(response, "access-control-allow-credentials")).isEmpty();
        }
    }

    @Test
    void aBrowserMayCacheThePreflight() throws Exception {
        HttpResponse<String> response = preflight("/v1/weather/vienna");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "access-control-allow-origin")).isEqualTo("*");
        assertThat(header(response, "access-control-allow-methods")).contains("GET", "HEAD", "POST", "OPTIONS");
        assertThat(header(response, "access-control-allow-headers")).isEqualTo("x-request-id");
        assertThat(header(response, "access-control-max-age")).isEqualTo("86400");
    }

    @Test
    void onlyLargeResponsesAreCompressed() throws Exception {
        assertThat(header(
                        gateway.get("/v1/locations?query=v&pageSize=50", "Accept-Encoding", "gzip"),
                        "content-encoding"))
                .isEqualTo("gzip");
        assertThat(header(gateway.get("/v1/locations?query=v&pageSize=50"), "content-encoding"))
                .isEmpty();
        assertThat(header(gateway.get("/livez", "Accept-Encoding", "gzip"), "content-encoding"))
                .isEmpty();
    }

    @Test
    void aWellFormedRequestIdIsKept() throws Exception {
        HttpResponse<String> response = gateway.get("/v1/weather/vienna", "X-Request-Id", "order-66.a:b_c");
        assertThat(header(response, "x-request-id")).isEqualTo("order-66.a:b_c");
        assertThat(gateway.temperature().header("x-request-id", PATIENCE)).isEqualTo("order-66.a:b_c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "has blanks in it",
                "\"quoted\"",
                "-dash",
                "{}",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void aMalformedRequestIdIsReplaced(String name) throws Exception {
        assertThat(header(gateway.get("/livez", "X-Request-Id", name), "x-request-id"))
                .matches("[0-9a-f]{16}");
    }

    @Test
    void aTraceContinuesInTheProviders() throws Exception {
        HttpResponse<String> response = gateway.get(
                "/v1/weather/vienna", "traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01", "tracestate", "a=1,b=2");
        String ours = header(response, "traceparent");
        assertThat(ours).matches("00-" + TRACE + "-[0-9a-f]{16}-01").doesNotContain("00f067aa0ba902b7");
        assertThat(gateway.temperature().header("traceparent", PATIENCE)).isEqualTo(ours);
        gateway.temperature().forgetHeaders();
        gateway.get("/v1/weather/vienna", "traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01", "tracestate", "a=1");
        assertThat(gateway.temperature().header("tracestate", PATIENCE)).isEqualTo("a=1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Root=1-67891233-abcdef012345678912345678 | 67891233abcdef012345678912345678 | 00
            Self=1-67891234-0;Root=1-67891233-abcdef012345678912345678;Sampled=1 | 67891233abcdef012345678912345678 | 01
            Root=1-67891233-abcdef012345678912345678; Parent=53995c3f42cd8ad8; Sampled=0 | 67891233abcdef012345678912345678 | 00
            Root=1-67891233-abcdef01234567891234567 | [0-9a-f]{32} | 00
            Root=1-67891233-abcdef012345678912345678x | [0-9a-f]{32} | 00
            Root=1-00000000-000000000000000000000000 | (?!0{32})[0-9a-f]{32} | 00
            garbage | [0-9a-f]{32} | 00
            """)
    void theTraceOfTheLoadBalancerContinuesWithoutATraceparent(String header, String traceId, String flags)
            throws Exception {
        String ours = header(gateway.get("/v1/weather/vienna", "X-Amzn-Trace-Id", header), "traceparent");
        assertThat(ours).matches("00-" + traceId + "-[0-9a-f]{16}-" + flags);
        assertThat(gateway.temperature().header("traceparent", PATIENCE)).isEqualTo(ours);
    }

    @Test
    void aTraceparentPrecedesTheTraceOfTheLoadBalancer() throws Exception {
        assertThat(header(
                        gateway.get(
                                "/livez",
                                "X-Amzn-Trace-Id",
                                "Root=1-67891233-abcdef012345678912345678",
                                "traceparent",
                                "00-" + TRACE + "-00f067aa0ba902b7-01"),
                        "traceparent"))
                .contains(TRACE);
    }

    @ParameterizedTest
    @CsvSource({
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01, false",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01, false",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, false",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01, false",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more, false",
        "garbage, false",
        "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more, true",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00, true"
    })
    void onlyAWellFormedTraceContinues(String parent, boolean goesOn) throws Exception {
        String ours = header(gateway.get("/livez", "traceparent", parent), "traceparent");
        assertThat(ours).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]");
        assertThat(ours.contains(TRACE)).isEqualTo(goesOn);
    }

    @Test
    void serverTimingHasTheDurationOfEachCallOnly() throws Exception {
        assertThat(header(gateway.get("/v1/weather/vienna"), "server-timing"))
                .matches(
                        "(temperature|humidity)-provider;dur=[0-9]+\\.[0-9], (temperature|humidity)-provider;dur=[0-9]+\\.[0-9]");
        gateway.humidity().behave(FakeProvider.Behavior.FAILS);
        assertThat(header(gateway.get("/v1/weather/vienna"), "server-timing")).contains("humidity-provider;dur=");
        assertThat(header(gateway.get("/livez"), "server-timing")).isEmpty();
    }

    private static HttpResponse<String> preflight(String target) throws Exception {
        return gateway.send(
                "OPTIONS",
                target,
                "Origin",
                "https://example.org",
                "Access-Control-Request-Method",
                "GET",
                "Access-Control-Request-Headers",
                "x-request-id");
    }
}
