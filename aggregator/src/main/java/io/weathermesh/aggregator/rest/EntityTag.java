package io.weathermesh.aggregator.rest;

import com.google.protobuf.Message;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A weak entity tag (RFC 9110, section 8.8.3): equal for equal messages.
 *
 * @param text as in {@code ETag}: {@code W/"0f1e2d"}
 */
record EntityTag(String text) {
    /** Enough that two messages of one place never have the same tag by chance. */
    private static final int BYTES = 12;

    private static final String WEAK = "W/";

    /** One tag of a list. If-None-Match compares weakly, so the prefix does not count. */
    private static final Pattern QUOTED = Pattern.compile("(?:W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")");

    static EntityTag of(Message message) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(message.toByteArray());
            return new EntityTag(WEAK + "\"" + HexFormat.of().formatHex(hash, 0, BYTES) + "\"");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    /** Without the prefix and the quotation marks. */
    String opaque() {
        return text.substring(WEAK.length() + 1, text.length() - 1);
    }

    /**
     * Whether the values of {@code If-Match} contain a tag, which may be empty.
     *
     * @param tag as in {@code ETag}
     */
    static boolean matchesStrongly(String tag, List<String> ifMatch) {
        for (String value : ifMatch) {
            if (value.strip().equals("*")) {
                return true;
            }
            Matcher tags = QUOTED.matcher(value);
            while (tags.find()) {
                if (tags.group().equals(tag) && !tag.startsWith(WEAK)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the values of {@code If-None-Match} contain this tag. */
    boolean isAmong(List<String> ifNoneMatch) {
        String quoted = text.substring(WEAK.length());
        for (String value : ifNoneMatch) {
            if (value.strip().equals("*")) {
                return true;
            }
            Matcher tags = QUOTED.matcher(value);
            while (tags.find()) {
                if (tags.group(1).equals(quoted)) {
                    return true;
                }
            }
        }
        return false;
    }
}
