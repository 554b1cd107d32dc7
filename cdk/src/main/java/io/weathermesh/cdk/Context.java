package io.weathermesh.cdk;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The settings of {@code cdk --context name=value} and {@code cdk.context.json}, of which the former has precedence. Refuses
 * invalid values, and names that nobody reads: a typing error must not deploy something else.
 */
final class Context {
    /**
     * The CDK's own names: flags and look-ups have a colon or a slash; the others come from {@code cdk acknowledge} and {@code
     * cdk migrate}.
     */
    private static final Pattern CDK_NAME =
            Pattern.compile(".*[:/].*|(aws-)?cdk-.*|acknowledged-issue-numbers", Pattern.DOTALL);

    private final Map<String, ?> values;
    private final Set<String> read = new TreeSet<>();

    Context(Map<String, ?> values) {
        this.values = values;
    }

    /** The value; empty if it is missing or an empty text. */
    Optional<String> text(String name) {
        read.add(name);
        return Optional.ofNullable(values.get(name)).map(Objects::toString).filter(value -> !value.isEmpty());
    }

    String text(String name, String fallback) {
        return text(name).orElse(fallback);
    }

    boolean flag(String name, boolean fallback) {
        return flag(name).orElse(fallback);
    }

    Optional<Boolean> flag(String name) {
        return text(name).map(value -> {
            if (!value.equals("true") && !value.equals("false")) {
                throw new IllegalArgumentException(name + " is '" + value + "', but must be true or false");
            }
            return value.equals("true");
        });
    }

    int number(String name, int fallback) {
        String value = text(name, Integer.toString(fallback));
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is '" + value + "', but must be a whole number", e);
        }
    }

    /** The names that were read so far. */
    Set<String> names() {
        return Set.copyOf(read);
    }

    /** Refuses names that were not read, except the CDK's own. */
    void refuseOthers() {
        Set<String> others = new TreeSet<>(values.keySet());
        others.removeIf(name -> read.contains(name) || CDK_NAME.matcher(name).matches());
        if (!others.isEmpty()) {
            throw new IllegalArgumentException(
                    "context has " + String.join(", ", others) + ", but must have only " + String.join(", ", read));
        }
    }
}
