package io.weathermesh.aggregator.rest;

import com.google.protobuf.Message;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A weak entity tag, RFC 9110 section 8.8.3: equal for messages that say the same. */
record EntityTag(String text) {
    /** Enough that two answers of one place never meet by chance. */
    private static final int BYTES = 12;

    /** One tag in a list; what makes it weak is not looked at, as If-None-Match wants it. */
    private static final Pattern OPAQUE = Pattern.compile("(?:W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")");

    static EntityTag of(Message message) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(message.toByteArray());
            return new EntityTag("W/\"" + HexFormat.of().formatHex(hash, 0, BYTES) + "\"");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    /** Whether a client that sent these values of {@code If-None-Match} has the document already. */
    boolean isAmong(List<String> ifNoneMatch) {
        String opaque = text.substring(2);
        for (String value : ifNoneMatch) {
            if (value.strip().equals("*")) {
                return true;
            }
            Matcher tags = OPAQUE.matcher(value);
            while (tags.find()) {
                if (tags.group(1).equals(opaque)) {
                    return true;
                }
            }
        }
        return false;
    }
}
