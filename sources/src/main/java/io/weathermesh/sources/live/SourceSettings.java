package io.weathermesh.sources.live;

import io.weathermesh.sources.climatology.Climatology;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings of the live sources.
 *
 * @param live live sources in the order in which they are read, before the climatology
 * @param contact mail address or web page of the operator, sent to the sources; may be empty
 */
record SourceSettings(List<Live> live, String contact) {
    static final String SOURCES = "WEATHER_SOURCES";
    static final String CONTACT = "WEATHER_CONTACT";

    private static final String CLIMATOLOGY = Climatology.DESCRIPTION.id();

    /** Two tasks of each provider share one address. */
    private static final int DEFAULT_TASKS_PER_ADDRESS = 4;

    private static final int MAX_PORT = 65_535;

    /**
     * One live source.
     *
     * @param type its type
     * @param base its address
     * @param limits rate limits of this task
     */
    record Live(LiveSourceType type, URI base, List<RateLimit> limits) {
        Live {
            limits = List.copyOf(limits);
        }
    }

    SourceSettings {
        live = List.copyOf(live);
        if (contact.isEmpty()) {
            live.stream().filter(each -> each.type().needsContact()).findFirst().ifPresent(each -> {
                throw invalid(
                        CONTACT,
                        "",
                        "a mail address or web page, because " + each.type().id() + " requires one");
            });
        }
        if (!contact.matches("[\\x21-\\x7e]{0,200}")) {
            throw invalid(CONTACT, contact, "a mail address or web page");
        }
    }

    /** @param settings returns the value of a setting, or its second argument if the setting is absent */
    static SourceSettings from(BinaryOperator<String> settings) {
        int tasks = count(
                "WEATHER_TASKS_PER_ADDRESS",
                settings.apply("WEATHER_TASKS_PER_ADDRESS", "" + DEFAULT_TASKS_PER_ADDRESS));
        List<RateLimit> caps = Stream.concat(
                        cap(settings, "WEATHER_CALLS_PER_MINUTE", Duration.ofMinutes(1)),
                        cap(settings, "WEATHER_CALLS_PER_DAY", Duration.ofDays(1)))
                .toList();
        List<Live> live = new ArrayList<>();
        for (LiveSourceType type : parseSources(settings.apply(SOURCES, CLIMATOLOGY))) {
            List<RateLimit> limits = Stream.concat(
                            type.limits().stream().map(limit -> limit.sharedBy(tasks)), caps.stream())
                    .toList();
            live.add(new Live(type, base(settings, type), limits));
        }
        return new SourceSettings(live, settings.apply(CONTACT, ""));
    }

    private static List<LiveSourceType> parseSources(String list) {
        var known = LiveSourceType.ALL.stream().collect(Collectors.toMap(LiveSourceType::id, Function.identity()));
        List<String> names = Stream.of(list.split(",", -1)).map(String::strip).toList();
        boolean ends = names.get(names.size() - 1).equals(CLIMATOLOGY);
        List<String> live = ends ? names.subList(0, names.size() - 1) : names;
        if (!known.keySet().containsAll(live) || live.stream().distinct().count() < live.size()) {
            String all = LiveSourceType.ALL.stream().map(LiveSourceType::id).collect(Collectors.joining(", "));
            throw invalid(
                    SOURCES,
                    list,
                    "some of " + all + " in any order, each once, with or without climatology at the end");
        }
        return live.stream().map(known::get).toList();
    }

    private static URI base(BinaryOperator<String> settings, LiveSourceType type) {
        String value = settings.apply(type.addressSetting(), type.address());
        // URI accepts an invalid host such as a..b as a registry-based authority, without a host.
        if (!value.matches("https?://[A-Za-z0-9.-]+(:\\d{1,5})?")
                || URI.create(value).getHost() == null
                || URI.create(value).getPort() > MAX_PORT) {
            throw invalid(type.addressSetting(), value, "a URL like https://api.example.org, without a path");
        }
        return URI.create(value);
    }

    private static Stream<RateLimit> cap(BinaryOperator<String> settings, String name, Duration window) {
        String value = settings.apply(name, "");
        return value.isEmpty() ? Stream.empty() : Stream.of(new RateLimit(count(name, value), window));
    }

    private static int count(String name, String value) {
        if (!value.matches("[1-9]\\d{0,6}")) {
            throw invalid(name, value, "a whole number between 1 and 9999999");
        }
        return Integer.parseInt(value);
    }

    private static IllegalArgumentException invalid(String name, String value, String requirement) {
        return new IllegalArgumentException(name + " is '" + value + "', but must be " + requirement);
    }
}
