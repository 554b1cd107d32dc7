package io.weathermesh.cdk;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which weather sources the providers ask. They check it at their start; here it is checked before anything is deployed.
 *
 * @param order names of sources, separated by commas, ending in {@code climatology}, which always answers
 * @param contact how the makers of a live source reach whoever runs the stack: a mail address or a web page
 */
public record WeatherSources(String order, Optional<String> contact) {
    private static final String CLIMATOLOGY = "climatology";
    private static final String ANSWERS_ONLY_KNOWN_CALLERS = "met-norway";
    private static final List<String> LIVE = List.of("open-meteo", ANSWERS_ONLY_KNOWN_CALLERS, "awc-metar");

    public WeatherSources {
        List<String> names = List.of(order.split(",", -1));
        List<String> live = names.subList(0, names.size() - 1);
        if (!names.get(live.size()).equals(CLIMATOLOGY)
                || !LIVE.containsAll(live)
                || live.stream().distinct().count() < live.size()) {
            throw new IllegalArgumentException("sources is '" + order + "', but must be " + CLIMATOLOGY
                    + ", before it each of " + String.join(", ", LIVE) + " at most once, separated by commas");
        }
        if (contact.isPresent() && !contact.get().matches("[\\x21-\\x7e]{1,200}")) {
            throw new IllegalArgumentException(
                    "contact is '" + contact.get() + "', but must be a mail address or a web page, without spaces");
        }
        if (contact.isEmpty() && live.contains(ANSWERS_ONLY_KNOWN_CALLERS)) {
            throw new IllegalArgumentException("contact is not given, but " + ANSWERS_ONLY_KNOWN_CALLERS
                    + " answers only those who say who they are: give a mail address or a web page");
        }
    }

    /** What needs no internet. */
    public static WeatherSources embedded() {
        return new WeatherSources(CLIMATOLOGY, Optional.empty());
    }

    boolean isLive() {
        return !order.equals(CLIMATOLOGY);
    }

    /**
     * What a provider's task is told.
     *
     * @param tasks as many as may share the quotas of a source
     */
    Map<String, String> environment(int tasks) {
        Map<String, String> settings = new TreeMap<>(Map.of("WEATHER_SOURCES", order));
        if (isLive()) {
            settings.put("WEATHER_TASKS_PER_ADDRESS", Integer.toString(tasks));
            contact.ifPresent(who -> settings.put("WEATHER_CONTACT", who));
        }
        return settings;
    }

    /** The names of all sources that there are. */
    static List<String> names() {
        return Stream.concat(LIVE.stream(), Stream.of(CLIMATOLOGY)).toList();
    }
}
