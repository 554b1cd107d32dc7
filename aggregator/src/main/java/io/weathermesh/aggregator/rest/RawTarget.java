package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.weathermesh.aggregator.weather.InvalidFieldException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The target of a request as it came. Servers mend what they can: they cut path parameters and put replacement
 * characters where bytes are not UTF-8, and so would answer another question than was asked. What needs mending is
 * refused here instead.
 */
final class RawTarget {
    /** Segments that are empty, or {@code .} or {@code ..}: the server takes them out before it looks for a route. */
    private static final Pattern MENDED = Pattern.compile("/(/|(\\.|%2[Ee]){1,2}(/|$))");

    private RawTarget() {}

    /** The target as the client wrote it. What the server calls the path has been mended already. */
    static String of(ServiceRequestContext context, HttpRequest request) {
        String rawPath = context.routingContext().requestTarget().rawPath();
        String mended = request.path();
        int query = mended.indexOf('?');
        if (rawPath == null || rawPath.indexOf('?') >= 0) {
            return rawPath == null ? mended : rawPath;
        }
        return query < 0 ? rawPath : rawPath + mended.substring(query);
    }

    /**
     * Checks a whole target.
     *
     * @throws InvalidFieldException if it has a path parameter, a segment that is empty or means another one, or bytes that
     *     are not UTF-8
     */
    static void check(String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        if (path.indexOf(';') >= 0) {
            throw new InvalidFieldException(
                    "path", "has a ';'", "not have path parameters; percent-encode a ';' in a name");
        }
        if (MENDED.matcher(path).find()) {
            throw new InvalidFieldException(
                    "path", "has an empty, '.' or '..' segment", "not have any; percent-encode a '/' in a name");
        }
        decode("path", path, false);
        if (query >= 0) {
            decode("query", target.substring(query + 1), true);
        }
    }

    /**
     * Decodes what is behind the prefix of a path.
     *
     * @throws InvalidFieldException if the path was mended before it matched the prefix, or is not UTF-8
     */
    static String segment(String target, String prefix) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        if (!path.startsWith(prefix)) {
            throw new InvalidFieldException("path", "is invalid", "be " + prefix + " and a location");
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

    private static InvalidFieldException notUtf8(String what) {
        return new InvalidFieldException(
                what,
                "is not percent-encoded UTF-8",
                "be UTF-8 bytes, each as a percent sign and two hexadecimal digits");
    }

    /** All parameters of a query; nothing is mended here either. */
    static QueryParams query(String target) {
        int query = target.indexOf('?');
        return query < 0 ? QueryParams.of() : QueryParams.fromQueryString(target.substring(query + 1));
    }
}
