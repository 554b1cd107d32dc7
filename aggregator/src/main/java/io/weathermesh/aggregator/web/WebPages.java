package io.weathermesh.aggregator.web;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ServerCacheControl;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.encoding.EncodingService;
import com.linecorp.armeria.server.file.HttpFile;
import io.weathermesh.aggregator.openapi.OpenApiDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Serves the page at {@code /}, the documentation at {@code /docs}, the contract that it shows at
 * {@code /openapi.json}, what each problem means at {@code /problems}, and the files that they load below {@code /web/}.
 * The files are read once, at start; a browser asks again each time and mostly hears that nothing has changed.
 */
public final class WebPages {
    /** Each file is named, so that nothing else of the class path can ever be asked for. */
    private static final List<String> FILES = List.of(
            "index.html",
            "page.css",
            "page.js",
            "elements.js",
            "gateway.js",
            "place-search.js",
            "place-view.js",
            "trouble-view.js",
            "words.js",
            "year-chart.js",
            "docs.html",
            "docs.css",
            "docs.js",
            "contract.js",
            "problems.html",
            "problems.js",
            "icon.svg");

    private static final String CONTRACT = "openapi.json";

    /** Where the {@code type} of a problem leads to. */
    private static final String PROBLEMS = "/problems";

    /** Every problem that the page about problems explains. */
    private static final List<String> PROBLEM_TYPES = List.of(
            "invalid-parameter",
            "malformed-request",
            "place-not-found",
            "no-such-route",
            "method-not-allowed",
            "unsupported-media-type",
            "request-too-large",
            "too-many-requests",
            "providers-unavailable",
            "not-ready",
            "internal");

    private static final Map<String, MediaType> TYPES = Map.of(
            "html",
            MediaType.HTML_UTF_8,
            "css",
            MediaType.CSS_UTF_8,
            "js",
            MediaType.create("text", "javascript").withCharset(StandardCharsets.UTF_8),
            "svg",
            MediaType.create("image", "svg+xml"));

    /** Nothing inline, nothing of another host, no frame around the page, and no string ever parsed as HTML. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types 'none'";

    private final Map<String, HttpService> services;

    private WebPages(Map<String, HttpService> services) {
        this.services = services;
    }

    /** Reads the files; throws {@link IllegalStateException} when one is not on the class path. */
    public static WebPages load() {
        Map<String, HttpService> services = new HashMap<>();
        for (String name : FILES) {
            services.put(name, service(read(name), typeOf(name)));
        }
        services.put(CONTRACT, service(OpenApiDocument.json().getBytes(StandardCharsets.UTF_8), MediaType.JSON_UTF_8));
        return new WebPages(Map.copyOf(services));
    }

    /** Adds the routes, for GET and HEAD. */
    public void addTo(ServerBuilder server) {
        add(server, "/", "index.html");
        add(server, "/docs", "docs.html");
        add(server, "/" + CONTRACT, CONTRACT);
        add(server, PROBLEMS, "problems.html");
        for (String type : PROBLEM_TYPES) {
            add(server, PROBLEMS + "/" + type, "problems.html");
        }
        for (String name : FILES) {
            if (!name.endsWith(".html")) {
                add(server, "/web/" + name, name);
            }
        }
    }

    private void add(ServerBuilder server, String path, String name) {
        HttpService service = services.get(name);
        if (service != null) {
            server.route().get(path).head(path).options(path).build(service);
        }
    }

    private static HttpService service(byte[] content, MediaType type) {
        String tag = hash(content);
        return HttpFile.builder(HttpData.wrap(content))
                .contentType(type)
                .entityTag((path, attributes) -> tag)
                .lastModified(false)
                .cacheControl(ServerCacheControl.REVALIDATED)
                .addHeader(HttpHeaderNames.CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY)
                .addHeader(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
                .addHeader(HttpHeaderNames.REFERRER_POLICY, "no-referrer")
                .addHeader(HttpHeaderNames.of("cross-origin-opener-policy"), "same-origin")
                .build()
                .asService()
                .decorate(EncodingService.newDecorator());
    }

    private static MediaType typeOf(String name) {
        MediaType type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalStateException("nobody has said what " + name + " is");
        }
        return type;
    }

    private static byte[] read(String name) {
        try (InputStream file = WebPages.class.getResourceAsStream("/web/" + name)) {
            if (file == null) {
                throw new IllegalStateException("web/" + name + " is not on the class path");
            }
            return file.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException("web/" + name + " cannot be read", failure);
        }
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 8);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
