package io.weathermesh.aggregator.web;

import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import io.weathermesh.aggregator.openapi.OpenApiDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Serves the page at {@code /}, the documentation at {@code /docs}, the contract that it shows at
 * {@code /openapi.json}, what each problem means at {@code /problems}, and the files that they load below {@code /web/}.
 * The files are read once, at start.
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
            "problems.html",
            "problems.css",
            "problems.js",
            "icon.svg");

    /** What the documentation needs of Swagger UI, and whose work that is made of. */
    public static final List<String> LIBRARY_FILES =
            List.of("swagger-ui.css", "swagger-ui-bundle.js", "swagger-ui-bundle.js.LICENSE.txt");

    /** The build compresses the library's files, and names them so. */
    public static final String PACKED = ".gz";

    private static final String DOCUMENTATION = "docs.html";

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
            MediaType.create("image", "svg+xml"),
            "txt",
            MediaType.PLAIN_TEXT_UTF_8);

    /** Nothing inline, nothing of another host, and no frame around the page; which images is said after it. */
    private static final String ONLY_OURS =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'; img-src 'self'";

    /** No string is ever parsed as HTML either. */
    private static final String STRICT = ONLY_OURS + "; require-trusted-types-for 'script'; trusted-types 'none'";

    /** Swagger UI writes its icons into its style sheet, and shows descriptions as HTML that it has made itself. */
    private static final String FOR_SWAGGER_UI = ONLY_OURS + " data:";

    private final Map<String, HttpService> services;

    private WebPages(Map<String, HttpService> services) {
        this.services = services;
    }

    /** Reads the files; throws {@link IllegalStateException} when one is not on the class path. */
    public static WebPages load() {
        Map<String, HttpService> services = new HashMap<>();
        for (String name : FILES) {
            String policy = name.equals(DOCUMENTATION) ? FOR_SWAGGER_UI : STRICT;
            services.put(name, WebFile.small(read(name), typeOf(name), policy));
        }
        for (String name : LIBRARY_FILES) {
            services.put(name, WebFile.packed(read(name + PACKED), typeOf(name), STRICT));
        }
        byte[] contract = OpenApiDocument.json().getBytes(StandardCharsets.UTF_8);
        services.put(CONTRACT, WebFile.small(contract, MediaType.JSON_UTF_8, STRICT));
        return new WebPages(Map.copyOf(services));
    }

    /** Adds the routes, for GET and HEAD. */
    public void addTo(ServerBuilder server) {
        add(server, "/", "index.html");
        add(server, "/docs", DOCUMENTATION);
        add(server, "/" + CONTRACT, CONTRACT);
        add(server, PROBLEMS, "problems.html");
        for (String type : PROBLEM_TYPES) {
            add(server, PROBLEMS + "/" + type, "problems.html");
        }
        for (String name : services.keySet()) {
            if (!name.endsWith(".html") && !name.equals(CONTRACT)) {
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
}
