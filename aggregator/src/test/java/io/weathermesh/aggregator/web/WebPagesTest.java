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
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("jdk")
@Isolated("it counts what all threads allocate")
final class WebPagesTest {
    private static final String[] PAGES = {"/", "/docs", "/problems"};

    /** What a link, an import or a preload of ours looks like. */
    private static final Pattern OWN_FILE = Pattern.compile("(?:\"/web/|from \"\\./)([a-z.-]+)\"");

    /** All of the page, in bytes on the wire. */
    private static final int SIZE_LIMIT = 150 * 1024;

    /** All of the documentation, most of which is Swagger UI. */
    private static final int DOCUMENTATION_SIZE_LIMIT = 600 * 1024;

    private static final String LIBRARY = "/web/swagger-ui-bundle.js";

    private static Server server;
    private static WebClient client;

    @BeforeAll
    static void start() {
        ServerBuilder builder = Server.builder().http(new InetSocketAddress("127.0.0.1", 0));
        WebPages.load(List.of("/problems/place-not-found", "/problems/too-many-requests"))
                .forEach((path, page) -> builder.route().get(path).head(path).build(page));
        server = builder.build();
        server.start().join();
        client = WebClient.of("http://127.0.0.1:" + server.activeLocalPort());
    }

    @AfterAll
    static void stop() {
        server.stop().join();
    }

    @Test
    void pagesHaveAStrictContentSecurityPolicy() {
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
    void everyReferencedFileIsServedAndThePageIsSmall() {
        Map<String, Integer> page = everythingFrom("/");
        assertThat(page)
                .containsKeys("/web/page.css", "/web/year-chart.js", "/web/icon.svg")
                .doesNotContainKeys("/web/swagger-ui-bundle.js");
        assertThat(total(page)).isLessThan(SIZE_LIMIT);
        Map<String, Integer> documentation = everythingFrom("/docs");
        assertThat(documentation).containsKeys("/web/swagger-ui-bundle.js", "/web/swagger-ui.css", "/web/docs.js");
        assertThat(total(documentation)).isLessThan(DOCUMENTATION_SIZE_LIMIT);
        assertThat(everythingFrom("/problems")).containsKeys("/web/problems.css");
        assertThat(compressed("/").headers().get(HttpHeaderNames.CONTENT_ENCODING))
                .isEqualTo("gzip");
    }

    /** What a page and all that it loads, however far, weighs on the wire, by path. */
    private static Map<String, Integer> everythingFrom(String page) {
        Map<String, Integer> read = new TreeMap<>();
        Set<String> unread = new TreeSet<>(Set.of(page));
        while (!unread.isEmpty()) {
            String path = unread.iterator().next();
            unread.remove(path);
            AggregatedHttpResponse file = get(path);
            assertThat(file.status()).as(path).isEqualTo(HttpStatus.OK);
            read.put(path, compressed(path).content().length());
            OWN_FILE.matcher(file.contentUtf8())
                    .results()
                    .map(match -> "/web/" + match.group(1))
                    .filter(found -> !read.containsKey(found))
                    .forEach(unread::add);
        }
        return read;
    }

    private static int total(Map<String, Integer> bytes) {
        return bytes.values().stream().mapToInt(Integer::intValue).sum();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate, GZIP;q=0.5", "br;q=1, gzip ; q=1.0"})
    void aLibraryIsSentAsTheBuildCompressedIt(String accepted) throws Exception {
        AggregatedHttpResponse packed = get(LIBRARY, accepted);
        assertThat(packed.headers().get(HttpHeaderNames.CONTENT_ENCODING)).isEqualTo("gzip");
        assertThat(packed.headers().get(HttpHeaderNames.VARY)).isEqualTo("accept-encoding");
        byte[] content = new GZIPInputStream(packed.content().toInputStream()).readAllBytes();
        assertThat(content).isEqualTo(get(LIBRARY).content().array());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "identity", "br", "gzip;q=0", "gzip; q=0.000", "x-gzip-like"})
    void aClientWithoutGzipGetsAnUnpackedLibrary(String accepted) {
        AggregatedHttpResponse plain = get(LIBRARY, accepted);
        assertThat(plain.status()).isEqualTo(HttpStatus.OK);
        assertThat(plain.headers().get(HttpHeaderNames.CONTENT_ENCODING)).isNull();
        assertThat(plain.headers().get(HttpHeaderNames.CONTENT_TYPE)).isEqualTo("text/javascript; charset=utf-8");
        assertThat(plain.contentUtf8()).contains("SwaggerUIBundle");
        assertThat(plain.headers().get(HttpHeaderNames.ETAG))
                .isNotEqualTo(get(LIBRARY, "gzip").headers().get(HttpHeaderNames.ETAG));
    }

    /** Otherwise a few hundred concurrent requests would fill the heap. */
    @Test
    void aLibraryIsUnpackedOnlyOnce() {
        int length = get(LIBRARY).content().length();
        int requests = 16;
        long before = allocatedBytes();
        for (int i = 0; i < requests; i++) {
            assertThat(client.head(LIBRARY).aggregate().join().headers().contentLength())
                    .isEqualTo(length);
        }
        assertThat(allocatedBytes() - before).isLessThan((long) requests * length / 2);
    }

    /** By all threads that there are. */
    private static long allocatedBytes() {
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        return LongStream.of(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .sum();
    }

    @Test
    void aSmallFileHasAWeakEntityTagAndAPackedOneAStrongOne() {
        for (String path : new String[] {"/", "/docs", "/openapi.json", "/web/page.js"}) {
            assertThat(get(path).headers().get(HttpHeaderNames.ETAG))
                    .as(path)
                    .matches("W/\"[0-9a-f]+\"")
                    .isEqualTo(compressed(path).headers().get(HttpHeaderNames.ETAG));
        }
        assertThat(get(LIBRARY).headers().get(HttpHeaderNames.ETAG)).startsWith("\"");
        assertThat(compressed(LIBRARY).headers().get(HttpHeaderNames.ETAG)).startsWith("\"");
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
    void everyProblemPathLeadsToTheExplanations() {
        assertThat(get("/problems/place-not-found").contentUtf8())
                .isEqualTo(get("/problems").contentUtf8())
                .contains("id=\"place-not-found\"");
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
        for (String path : new String[] {"/", LIBRARY}) {
            String tag = compressed(path).headers().get(HttpHeaderNames.ETAG, "");
            AggregatedHttpResponse again = client.execute(RequestHeaders.builder(HttpMethod.GET, path)
                            .set(HttpHeaderNames.ACCEPT_ENCODING, "gzip")
                            .set(HttpHeaderNames.IF_NONE_MATCH, tag)
                            .build())
                    .aggregate()
                    .join();
            assertThat(again.status()).as(path).isEqualTo(HttpStatus.NOT_MODIFIED);
        }
    }

    @Test
    void noOtherFileOfTheClassPathIsServed() {
        for (String path : new String[] {
            "/web/", "/web/index.html", "/web/package-info.class", "/web/page.css.map", "/web/swagger-ui.css.gz"
        }) {
            assertThat(get(path).status()).as(path).isEqualTo(HttpStatus.NOT_FOUND);
        }
    }

    private static AggregatedHttpResponse get(String path) {
        return client.get(path).aggregate().join();
    }

    private static AggregatedHttpResponse compressed(String path) {
        return get(path, "gzip");
    }

    private static AggregatedHttpResponse get(String path, String accepted) {
        return client.execute(RequestHeaders.of(HttpMethod.GET, path, HttpHeaderNames.ACCEPT_ENCODING, accepted))
                .aggregate()
                .join();
    }
}
