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

/** Serves a file to browsers, which ask again each time and mostly hear that nothing has changed. */
final class WebFile {
    private static final String GZIP = "gzip";

    private static final Pattern COMMA = Pattern.compile(",");

    /** What of {@code Accept-Encoding} says that gzip is welcome; a quality of zero says that it is not. */
    private static final Pattern GZIP_WELCOME =
            Pattern.compile("\\s*gzip\\s*(;\\s*q=(?!0(\\.0*)?\\s*$).*)?", Pattern.CASE_INSENSITIVE);

    private WebFile() {}

    /**
     * A small file, compressed anew for each client that takes it so. Its tag is weak: it names what the file says, however
     * that is compressed.
     */
    static HttpService small(byte[] content, MediaType type, String policy) {
        String tag = hash(content);
        return file(content, tag, type, policy)
                .setHeader(HttpHeaderNames.ETAG, "W/\"" + tag + "\"")
                .build()
                .asService()
                .decorate(EncodingService.newDecorator());
    }

    /**
     * A large file, which the build has compressed, since doing it here would hold an event loop up. It goes out as it is;
     * for clients that do not take it so it is unpacked here, once.
     */
    static HttpService packed(byte[] gzip, MediaType type, String policy) {
        String tag = hash(gzip);
        HttpService asItIs = file(gzip, tag, type, policy)
                .addHeader(HttpHeaderNames.CONTENT_ENCODING, GZIP)
                .addHeader(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING)
                .build()
                .asService();
        HttpService plain = file(unpacked(gzip), tag + "-plain", type, policy)
                .addHeader(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING)
                .build()
                .asService();
        return (context, request) -> (takesGzip(request.headers()) ? asItIs : plain).serve(context, request);
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

    private static boolean takesGzip(RequestHeaders headers) {
        return headers.getAll(HttpHeaderNames.ACCEPT_ENCODING).stream()
                .flatMap(COMMA::splitAsStream)
                .anyMatch(GZIP_WELCOME.asMatchPredicate());
    }

    private static byte[] unpacked(byte[] gzip) {
        try (InputStream content = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return content.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException("the build has packed a file that cannot be unpacked", failure);
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
