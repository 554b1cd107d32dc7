package io.weathermesh.cdk;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The weather sources of the providers. Providers check the setting when they start; this checks it before a deploy.
 *
 * @param order names of sources, separated by commas; the last is {@code climatology}, which is always available
 * @param contact a mail address or a web page by which the operators of a live source reach the operator of the stack
 */
public record WeatherSources(String order, Optional<String> contact) {
    private static final String CLIMATOLOGY = "climatology";
    private static final String NEEDS_CONTACT = "met-norway";
    private static final List<String> LIVE = List.of("open-meteo", NEEDS_CONTACT, "awc-metar");

    public WeatherSources {
        List<String> names = List.of(order.split(",", -1));
        List<String> live = names.subList(0, names.size() - 1);
        if (!names.get(live.size()).equals(CLIMATOLOGY)
                || !LIVE.containsAll(live)
                || live.stream().distinct().count() < live.size()) {
            throw new IllegalArgumentException(
                    "sources is '" + order + "', but must be any of " + String.join(", ", LIVE)
                            + ", each at most once, and then " + CLIMATOLOGY + ", separated by commas");
        }
        if (contact.isPresent() && !contact.get().matches("[\\x21-\\x7e]{1,200}")) {
            throw new IllegalArgumentException(
                    "contact is '" + contact.get() + "', but must be a mail address or a web page, without spaces");
        }
        if (contact.isEmpty() && live.contains(NEEDS_CONTACT)) {
            throw new IllegalArgumentException("contact is not given, but must be a mail address or a web page: "
                    + NEEDS_CONTACT + " refuses requests without one");
        }
    }

    /** The sources that need no internet. */
    public static WeatherSources embedded() {
        return new WeatherSources(CLIMATOLOGY, Optional.empty());
    }

    boolean isLive() {
        return !order.equals(CLIMATOLOGY);
    }

    /**
     * The environment variables of a provider's task.
     *
     * @param tasks the number of tasks that may share the quota of a source
     */
    Map<String, String> environment(int tasks) {
        Map<String, String> settings = new TreeMap<>(Map.of("WEATHER_SOURCES", order));
        if (isLive()) {
            settings.put("WEATHER_TASKS_PER_ADDRESS", Integer.toString(tasks));
            contact.ifPresent(who -> settings.put("WEATHER_CONTACT", who));
        }
        return settings;
    }

    /** The names of all sources. */
    static List<String> names() {
        return Stream.concat(LIVE.stream(), Stream.of(CLIMATOLOGY)).toList();
    }
}
