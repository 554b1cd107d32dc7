package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The target of a request as the client sent it. The server repairs a target before it routes it: it removes path parameters,
 * and replaces bytes that are not UTF-8. The response would belong to another request, so such a target is refused here.
 */
final class RequestTarget {
    /** A segment that is empty, {@code .} or {@code ..}: the server removes it before it looks for a route. */
    private static final Pattern REMOVED = Pattern.compile("/(/|(\\.|%2[Ee]){1,2}(/|$))");

    private RequestTarget() {}

    /** Not the server's path, which is repaired already. */
    static String of(ServiceRequestContext context, HttpRequest request) {
        String rawPath = context.routingContext().requestTarget().rawPath();
        String repaired = request.path();
        int query = repaired.indexOf('?');
        if (rawPath == null || rawPath.indexOf('?') >= 0) {
            return rawPath == null ? repaired : rawPath;
        }
        return query < 0 ? rawPath : rawPath + repaired.substring(query);
    }

    /**
     * @throws ProblemException if the target has a path parameter, a segment that is empty or refers to another
     *     one, or bytes that are not UTF-8
     */
    static void check(String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        if (path.indexOf(';') >= 0) {
            throw ProblemException.invalid(
                    "path", "has a path parameter, but must not have any; percent-encode a ';' in a name");
        }
        if (REMOVED.matcher(path).find()) {
            throw ProblemException.invalid(
                    "path", "must not contain an empty, '.' or '..' segment; percent-encode a '/' in a name");
        }
        decode("path", path, false);
        if (query >= 0) {
            decode("query", target.substring(query + 1), true);
        }
    }

    /**
     * The decoded rest of a path behind a prefix.
     *
     * @throws ProblemException if the path matches the prefix only after a repair, or is not UTF-8
     */
    static String segment(String target, String prefix) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        if (!path.startsWith(prefix)) {
            throw ProblemException.invalid("path", "must be " + prefix + " and a location");
        }
        return decode("location", path.substring(prefix.length()), false);
    }

    private static String decode(String what, String text, boolean plusIsBlank) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                boolean whole = i + 2 < text.length();
                int high = whole ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = whole ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw notUtf8(what);
                }
                bytes.write(high * 16 + low);
                i += 2;
            } else if (c == '+' && plusIsBlank) {
                bytes.write(' ');
            } else {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw notUtf8(what);
        }
    }

    private static ProblemException notUtf8(String what) {
        return ProblemException.invalid(what, "is not UTF-8, but must be percent-encoded UTF-8");
    }

    /** The parameters of a target that has been checked. */
    static QueryParams query(String target) {
        int query = target.indexOf('?');
        return query < 0 ? QueryParams.of() : QueryParams.fromQueryString(target.substring(query + 1));
    }
}
