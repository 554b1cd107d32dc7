package io.weathermesh.aggregator.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class WebPagesTest {
    private static final String[] PAGES = {"/", "/docs", "/problems"};

    /** What a link, an import or a preload of ours looks like. */
    private static final Pattern OWN_FILE = Pattern.compile("(?:\"/web/|from \"\\./)([a-z.-]+)\"");

    /** All of the page and the documentation together, in bytes on the wire. */
    private static final int SIZE_LIMIT = 150 * 1024;

    private static Server server;
    private static WebClient client;

    @BeforeAll
    static void start() {
        ServerBuilder builder = Server.builder().http(new InetSocketAddress("127.0.0.1", 0));
        WebPages.load().addTo(builder);
        server = builder.build();
        server.start().join();
        client = WebClient.of("http://127.0.0.1:" + server.activeLocalPort());
    }

    @AfterAll
    static void stop() {
        server.stop().join();
    }

    @Test
    void thePageAndTheDocumentationAreServedWithAStrictPolicy() {
        for (String path : PAGES) {
            AggregatedHttpResponse page = get(path);
            assertThat(page.status()).isEqualTo(HttpStatus.OK);
            assertThat(page.headers().get(HttpHeaderNames.CONTENT_TYPE)).isEqualTo("text/html; charset=utf-8");
            assertThat(page.headers().get(HttpHeaderNames.CONTENT_SECURITY_POLICY))
                    .startsWith("default-src 'none'")
                    .doesNotContain("unsafe", "http:", "https:", "*");
            assertThat(page.headers().get(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS))
                    .isEqualTo("nosniff");
        }
    }

    @Test
    void everyFileThatIsNamedIsServedAndTheWholeIsSmall() {
        Set<String> named = new TreeSet<>();
        Set<String> unread = new TreeSet<>(Set.of(PAGES));
        int bytes = 0;
        while (!unread.isEmpty()) {
            String path = unread.iterator().next();
            unread.remove(path);
            named.add(path);
            AggregatedHttpResponse file = get(path);
            assertThat(file.status()).as(path).isEqualTo(HttpStatus.OK);
            Stream<String> found =
                    OWN_FILE.matcher(file.contentUtf8()).results().map(match -> "/web/" + match.group(1));
            unread.addAll(found.filter(one -> !named.contains(one)).collect(Collectors.toSet()));
            bytes += compressed(path).content().length();
        }
        assertThat(named).contains("/web/page.css", "/web/year-chart.js", "/web/contract.js", "/web/icon.svg");
        assertThat(bytes).isLessThan(SIZE_LIMIT);
        assertThat(compressed("/").headers().get(HttpHeaderNames.CONTENT_ENCODING))
                .isEqualTo("gzip");
    }

    @Test
    void nothingIsInlineAndNothingIsLoadedFromElsewhere() {
        for (String path : PAGES) {
            String page = get(path).contentUtf8();
            assertThat(page)
                    .doesNotContainPattern("<script(?![^>]*\\ssrc=)")
                    .doesNotContain("<style", "style=", "onclick=");
            assertThat(page).doesNotContainPattern("(src|href)=\"(https?:)?//");
        }
    }

    @Test
    void everyProblemThatIsExplainedHasAnAddressOfItsOwn() {
        Matcher types = Pattern.compile("<article [^>]*id=\"([a-z-]+)\"")
                .matcher(get("/problems").contentUtf8());
        assertThat(types.results().map(type -> type.group(1)))
                .contains("place-not-found", "too-many-requests")
                .allSatisfy(
                        type -> assertThat(get("/problems/" + type).status()).isEqualTo(HttpStatus.OK));
        assertThat(get("/problems/none-of-ours").status()).isEqualTo(HttpStatus.NOT_FOUND);
    }

    @Test
    void theContractIsServedAsJson() {
        AggregatedHttpResponse contract = get("/openapi.json");
        assertThat(contract.headers().get(HttpHeaderNames.CONTENT_TYPE)).isEqualTo("application/json; charset=utf-8");
        assertThat(contract.contentUtf8()).contains("/v1/weather/{location}");
    }

    @Test
    void anUnchangedFileIsNotSentAgain() {
        String tag = get("/").headers().get(HttpHeaderNames.ETAG);
        AggregatedHttpResponse again = client.execute(
                        RequestHeaders.of(HttpMethod.GET, "/", HttpHeaderNames.IF_NONE_MATCH, String.valueOf(tag)))
                .aggregate()
                .join();
        assertThat(again.status()).isEqualTo(HttpStatus.NOT_MODIFIED);
    }

    @Test
    void noOtherFileOfTheClassPathCanBeAskedFor() {
        for (String path : new String[] {"/web/", "/web/index.html", "/web/package-info.class", "/web/page.css.map"}) {
            assertThat(get(path).status()).as(path).isEqualTo(HttpStatus.NOT_FOUND);
        }
    }

    private static AggregatedHttpResponse get(String path) {
        return client.get(path).aggregate().join();
    }

    private static AggregatedHttpResponse compressed(String path) {
        return client.execute(RequestHeaders.of(HttpMethod.GET, path, HttpHeaderNames.ACCEPT_ENCODING, "gzip"))
                .aggregate()
                .join();
    }
}
