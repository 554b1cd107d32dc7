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
    /**
     * What the CDK's command tells or keeps in the file for itself: flags and look-ups have a colon or a slash, {@code cdk
     * acknowledge} and {@code cdk migrate} leave the others.
     */
    private static final Pattern OF_THE_CDK =
            Pattern.compile(".*[:/].*|(aws-)?cdk-.*|acknowledged-issue-numbers", Pattern.DOTALL);

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

    /** The names that were asked for so far. */
    Set<String> names() {
        return Set.copyOf(read);
    }

    /** Refuses names that were not asked for, but for the CDK's own. */
    void refuseOthers() {
        Set<String> others = new TreeSet<>(values.keySet());
        others.removeIf(name -> read.contains(name) || OF_THE_CDK.matcher(name).matches());
        if (!others.isEmpty()) {
            throw new IllegalArgumentException(
                    "context has " + String.join(", ", others) + ", but known are only " + String.join(", ", read));
        }
    }
}
