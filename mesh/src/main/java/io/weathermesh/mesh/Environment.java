package io.weathermesh.mesh;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Settings by name: the environment of a process.
 *
 * <p>Every method takes the value to return if the setting is absent or blank, and throws {@link
 * InvalidSettingException} if the setting is present and invalid. Safe for use by many threads.
 */
public final class Environment {
    /** The largest TCP or UDP port. */
    public static final int MAX_PORT = 65_535;

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Pattern SOCKET_ADDRESS = Pattern.compile("([^:]+)(?::(\\d{1,5}))?");

    private final Map<String, String> values;
    private final SettingsReport report;

    public Environment(Map<String, String> values) {
        this.values = Map.copyOf(values);
        this.report = new SettingsReport(this.values.keySet());
    }

    /** The settings that were read so far, and those that nothing has read. */
    SettingsReport report() {
        return report;
    }

    /** Text, without leading and trailing white space. */
    public String text(String name, String fallback) {
        String value = values.getOrDefault(name, "").strip();
        report.read(name, value.isEmpty() ? fallback : value, value.isEmpty());
        return value.isEmpty() ? fallback : value;
    }

    /** A whole number between {@code min} and {@code max}. */
    public int integer(String name, int fallback, int min, int max) {
        String value = text(name, Integer.toString(fallback));
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The message is the same as for a number out of range.
        }
        throw new InvalidSettingException(name, value, "a whole number between " + min + " and " + max);
    }

    /** A TCP or UDP port to listen on or to call. */
    public int port(String name, int fallback) {
        return integer(name, fallback, 1, MAX_PORT);
    }

    /** {@code on} or {@code off}. */
    public boolean flag(String name, boolean fallback) {
        String value = text(name, fallback ? "on" : "off");
        return switch (value) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new InvalidSettingException(name, value, "on or off");
        };
    }

    /** A length of time such as {@code 250ms}, {@code 10s}, {@code 5m} or {@code 1h}, from {@code min} to {@code max}. */
    public Duration duration(String name, Duration fallback, Duration min, Duration max) {
        String value = text(name, format(fallback));
        Matcher matcher = DURATION.matcher(value);
        if (matcher.matches()) {
            long count = Long.parseLong(matcher.group(1));
            Duration duration =
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(count);
                        case "s" -> Duration.ofSeconds(count);
                        case "m" -> Duration.ofMinutes(count);
                        default -> Duration.ofHours(count);
                    };
            if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) {
                return duration;
            }
        }
        throw new InvalidSettingException(
                name, value, "a time like 250ms, 10s or 5m between " + format(min) + " and " + format(max));
    }

    /**
     * Reads the settings of a module that does not depend on this one: it gets a function from name and default to the
     * value, and throws an {@link IllegalArgumentException} whose message names the setting if the value is invalid.
     */
    public <S> S read(Function<BinaryOperator<String>, S> module) {
        try {
            return module.apply(this::text);
        } catch (IllegalArgumentException e) {
            InvalidSettingException invalid = new InvalidSettingException(String.valueOf(e.getMessage()));
            invalid.initCause(e);
            throw invalid;
        }
    }

    /** One of the constants of an enum, written in lower case with dashes for underscores. */
    public <E extends Enum<E>> E choice(String name, E fallback) {
        String value = text(name, written(fallback));
        return Arrays.stream(fallback.getDeclaringClass().getEnumConstants())
                .filter(constant -> written(constant).equals(value))
                .findFirst()
                .orElseThrow(() -> new InvalidSettingException(
                        name,
                        value,
                        Arrays.stream(fallback.getDeclaringClass().getEnumConstants())
                                .map(Environment::written)
                                .collect(Collectors.joining(", ", "one of ", ""))));
    }

    /** An IPv4 address in digits. Names are refused, so reading a setting never sends a DNS query. */
    public InetAddress address(String name, String fallback) {
        String value = text(name, fallback);
        return TaskAddress.ipv4(value)
                .orElseThrow(() -> new InvalidSettingException(name, value, "an IPv4 address like 10.0.1.17"));
    }

    /** Addresses such as {@code 10.0.0.2:53,10.0.0.3:53}; the port may be left out. Empty when absent. */
    public List<InetSocketAddress> socketAddresses(String name, int defaultPort) {
        List<InetSocketAddress> addresses = new ArrayList<>();
        String value = text(name, "");
        for (String part : value.isEmpty() ? new String[0] : value.split(",", -1)) {
            addresses.add(socketAddress(part.strip(), defaultPort)
                    .orElseThrow(() -> new InvalidSettingException(
                            name,
                            value,
                            "IPv4 addresses like 10.0.0.2:53, separated by commas, with ports between 1 and "
                                    + MAX_PORT)));
        }
        return List.copyOf(addresses);
    }

    private static Optional<InetSocketAddress> socketAddress(String text, int defaultPort) {
        Matcher matcher = SOCKET_ADDRESS.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = matcher.group(2) == null ? defaultPort : Integer.parseInt(matcher.group(2));
        return port < 1 || port > MAX_PORT
                ? Optional.empty()
                : TaskAddress.ipv4(matcher.group(1)).map(address -> new InetSocketAddress(address, port));
    }

    /** Formats a length of time as {@link #duration} reads it. */
    static String format(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
