package io.weathermesh.cdk;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What {@code cdk --context name=value} and {@code cdk.context.json} say, the former first. A value that is not allowed and a
 * name that nobody reads are refused: a typing error in either must not deploy something else.
 */
final class Context {
    /** As ours are; the CDK's own have a colon, a slash or a dash. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z]+");

    private final Map<String, ?> values;
    private final Set<String> read = new TreeSet<>();

    Context(Map<String, ?> values) {
        this.values = values;
    }

    /** The value, unless it is not given or empty. */
    Optional<String> text(String name) {
        read.add(name);
        return Optional.ofNullable(values.get(name)).map(Objects::toString).filter(value -> !value.isEmpty());
    }

    String text(String name, String fallback) {
        return text(name).orElse(fallback);
    }

    boolean flag(String name, boolean fallback) {
        String value = text(name, Boolean.toString(fallback));
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException(name + " is '" + value + "', but must be true or false");
        }
        return value.equals("true");
    }

    int number(String name, int fallback) {
        String value = text(name, Integer.toString(fallback));
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is '" + value + "', but must be a whole number", e);
        }
    }

    /** The names that were asked for so far. */
    Set<String> names() {
        return Set.copyOf(read);
    }

    /** Refuses names that look like ours and were not asked for. */
    void refuseOthers() {
        Set<String> others = new TreeSet<>(values.keySet());
        others.removeIf(name -> read.contains(name) || !PLAIN_NAME.matcher(name).matches());
        if (!others.isEmpty()) {
            throw new IllegalArgumentException(
                    "context has " + String.join(", ", others) + ", but known are only " + String.join(", ", read));
        }
    }
}
