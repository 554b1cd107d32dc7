package io.weathermesh.aggregator;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The admin page with the known tasks, one line per service. */
final class Topology {
    private Topology() {}

    /**
     * @param knownTasks the addresses by their DNS name
     * @return such as {@code humidity-provider.weather-api: 2 tasks (10.0.1.17 10.0.2.4)}
     */
    static String page(Map<String, List<String>> knownTasks) {
        return new TreeMap<>(knownTasks)
                .entrySet().stream()
                        .map(service -> service.getKey() + ": "
                                + service.getValue().size() + " tasks (" + String.join(" ", service.getValue()) + ")\n")
                        .collect(Collectors.joining());
    }
}
