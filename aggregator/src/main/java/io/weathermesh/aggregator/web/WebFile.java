package io.weathermesh.aggregator.web;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ServerCacheControl;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.encoding.EncodingService;
import com.linecorp.armeria.server.file.HttpFile;
import com.linecorp.armeria.server.file.HttpFileBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Serves a file, which browsers revalidate on each use. */
final class WebFile {
    private static final String GZIP = "gzip";

    private static final Pattern COMMA = Pattern.compile(",");

    /** The entry of {@code Accept-Encoding} that accepts gzip; a quality of zero does not. */
    private static final Pattern ACCEPTS_GZIP =
            Pattern.compile("\\s*gzip\\s*(;\\s*q=(?!0(\\.0*)?\\s*$).*)?", Pattern.CASE_INSENSITIVE);

    private WebFile() {}

    /** A small file, compressed for each request that accepts it. Its entity tag is weak: the same for each coding. */
    static HttpService small(byte[] content, MediaType type, String policy) {
        String tag = hash(content);
        return file(content, tag, type, policy)
                .setHeader(HttpHeaderNames.ETAG, "W/\"" + tag + "\"")
                .build()
                .asService()
                .decorate(EncodingService.newDecorator());
    }

    /** A large file, which the build has compressed, since that would block an event loop; unpacked once for other clients. */
    static HttpService packed(byte[] gzip, MediaType type, String policy) {
        String tag = hash(gzip);
        HttpService compressed = file(gzip, tag, type, policy)
                .addHeader(HttpHeaderNames.CONTENT_ENCODING, GZIP)
                .addHeader(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING)
                .build()
                .asService();
        HttpService plain = file(unpacked(gzip), tag + "-plain", type, policy)
                .addHeader(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING)
                .build()
                .asService();
        return (context, request) -> (acceptsGzip(request.headers()) ? compressed : plain).serve(context, request);
    }

    private static HttpFileBuilder file(byte[] content, String tag, MediaType type, String policy) {
        HttpFileBuilder builder = HttpFile.builder(HttpData.wrap(content));
        builder.contentType(type)
                .entityTag((path, attributes) -> tag)
                .lastModified(false)
                .cacheControl(ServerCacheControl.REVALIDATED)
                .addHeader(HttpHeaderNames.CONTENT_SECURITY_POLICY, policy)
                .addHeader(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
                .addHeader(HttpHeaderNames.REFERRER_POLICY, "no-referrer")
                .addHeader(HttpHeaderNames.of("cross-origin-opener-policy"), "same-origin");
        return builder;
    }

    private static boolean acceptsGzip(RequestHeaders headers) {
        return headers.getAll(HttpHeaderNames.ACCEPT_ENCODING).stream()
                .flatMap(COMMA::splitAsStream)
                .anyMatch(ACCEPTS_GZIP.asMatchPredicate());
    }

    private static byte[] unpacked(byte[] gzip) {
        try (InputStream content = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return content.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException("a file that the build has compressed is damaged", failure);
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
