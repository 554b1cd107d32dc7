package io.weathermesh.aggregator.web;

import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import io.weathermesh.aggregator.openapi.OpenApiDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The page at {@code /}, the documentation at {@code /docs}, the contract at {@code /openapi.json}, the explanations of problems
 * at {@code /problems}, and the files that they load below {@code /web/}. The files are read once, at start.
 */
public final class WebPages {
    /** Each file is named, so that no request can read another file of the class path. */
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

    /** The files of Swagger UI that the documentation needs, with their licences. */
    public static final List<String> SWAGGER_UI_FILES =
            List.of("swagger-ui.css", "swagger-ui-bundle.js", "swagger-ui-bundle.js.LICENSE.txt");

    /** The suffix of a file that the build has compressed. */
    public static final String PACKED = ".gz";

    private static final String START = "index.html";
    private static final String DOCUMENTATION = "docs.html";
    private static final String PROBLEMS = "problems.html";

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

    /** No inline code, no other host, and no frame around the page; the sources of images can be added behind it. */
    private static final String SAME_ORIGIN =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'; img-src 'self'";

    /** In addition, no string is ever parsed as HTML. */
    private static final String STRICT = SAME_ORIGIN + "; require-trusted-types-for 'script'; trusted-types 'none'";

    /** Swagger UI has its icons in its style sheet, and shows descriptions as HTML that it generates. */
    private static final String FOR_SWAGGER_UI = SAME_ORIGIN + " data:";

    private WebPages() {}

    /**
     * The services of all pages and files by path, for GET and HEAD.
     *
     * @param problemPaths the paths of problem types, which lead to their explanation
     * @throws IllegalStateException if a file is not on the class path
     */
    public static Map<String, HttpService> load(List<String> problemPaths) {
        Map<String, HttpService> pages = new HashMap<>();
        for (String name : FILES) {
            String policy = name.equals(DOCUMENTATION) ? FOR_SWAGGER_UI : STRICT;
            pages.put("/web/" + name, WebFile.small(read(name), typeOf(name), policy));
        }
        for (String name : SWAGGER_UI_FILES) {
            pages.put("/web/" + name, WebFile.packed(read(name + PACKED), typeOf(name), STRICT));
        }
        byte[] contract = OpenApiDocument.json().getBytes(StandardCharsets.UTF_8);
        pages.put("/openapi.json", WebFile.small(contract, MediaType.JSON_UTF_8, STRICT));
        pages.put("/", page(pages, START));
        pages.put("/docs", page(pages, DOCUMENTATION));
        HttpService problems = page(pages, PROBLEMS);
        pages.put("/problems", problems);
        problemPaths.forEach(path -> pages.put(path, problems));
        return Map.copyOf(pages);
    }

    /** A page has its own path instead of that of its file. */
    private static HttpService page(Map<String, HttpService> pages, String name) {
        return Objects.requireNonNull(pages.remove("/web/" + name));
    }

    private static MediaType typeOf(String name) {
        MediaType type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalStateException("the media type of " + name + " is unknown");
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
