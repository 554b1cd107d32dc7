package io.weathermesh.sources;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/**
 * Which sources are asked, and how.
 *
 * @param live live sources in order; the climatology follows
 * @param bases where each live source is
 * @param contact how the makers of a source reach whoever runs this: a mail address or a web page; may be empty
 * @param callsPerMinute to one source by this task
 * @param callsPerDay to one source by this task
 */
record SourceSettings(List<String> live, Map<String, URI> bases, String contact, int callsPerMinute, int callsPerDay) {
    static final String SOURCES = "WEATHER_SOURCES";
    static final String CONTACT = "WEATHER_CONTACT";

    private static final String CLIMATOLOGY = Climatology.DESCRIPTION.id();
    private static final List<String> KNOWN =
            List.of(OpenMeteo.DESCRIPTION.id(), MetNorway.DESCRIPTION.id(), AwcMetar.DESCRIPTION.id());

    /** Open-Meteo gives 600 calls a minute and 10,000 a day to an address: these leave room for four tasks behind it. */
    private static final int CALLS_PER_MINUTE = 120;

    private static final int CALLS_PER_DAY = 2_400;

    SourceSettings {
        live = List.copyOf(live);
        bases = Map.copyOf(bases);
        if (live.contains(MetNorway.DESCRIPTION.id()) && contact.isEmpty()) {
            throw wrong(
                    CONTACT, "", "a mail address or web page, as met-norway answers only those who say who they are");
        }
        if (!contact.matches("[\\x21-\\x7e]{0,200}")) {
            throw wrong(CONTACT, contact, "a mail address or web page");
        }
    }

    /** @param settings tells the value of a setting, or the second argument where it has none */
    static SourceSettings from(BinaryOperator<String> settings) {
        return new SourceSettings(
                live(settings.apply(SOURCES, CLIMATOLOGY)),
                Map.of(
                        OpenMeteo.DESCRIPTION.id(),
                        base(settings, "WEATHER_OPEN_METEO_URL", "https://api.open-meteo.com"),
                        MetNorway.DESCRIPTION.id(),
                        base(settings, "WEATHER_MET_NORWAY_URL", "https://api.met.no"),
                        AwcMetar.DESCRIPTION.id(),
                        base(settings, "WEATHER_AWC_METAR_URL", "https://aviationweather.gov")),
                settings.apply(CONTACT, ""),
                count(settings, "WEATHER_CALLS_PER_MINUTE", CALLS_PER_MINUTE),
                count(settings, "WEATHER_CALLS_PER_DAY", CALLS_PER_DAY));
    }

    private static List<String> live(String list) {
        List<String> names = Stream.of(list.split(",", -1)).map(String::strip).toList();
        boolean ends = names.get(names.size() - 1).equals(CLIMATOLOGY);
        List<String> live = ends ? names.subList(0, names.size() - 1) : names;
        if (!KNOWN.containsAll(live) || live.stream().distinct().count() < live.size()) {
            throw wrong(
                    SOURCES,
                    list,
                    "each of " + String.join(", ", KNOWN) + " once in any order, with climatology at the end");
        }
        return live;
    }

    private static URI base(BinaryOperator<String> settings, String name, String fallback) {
        String value = settings.apply(name, fallback);
        if (!value.matches("https?://[A-Za-z0-9.-]+(:\\d{1,5})?")) {
            throw wrong(name, value, "an address like https://api.example.org, without a path");
        }
        return URI.create(value);
    }

    private static int count(BinaryOperator<String> settings, String name, int fallback) {
        String value = settings.apply(name, Integer.toString(fallback));
        if (!value.matches("[1-9]\\d{0,6}")) {
            throw wrong(name, value, "a whole number from 1 to 9999999");
        }
        return Integer.parseInt(value);
    }

    private static IllegalArgumentException wrong(String name, String value, String allowed) {
        return new IllegalArgumentException(name + " is '" + value + "', but allowed is " + allowed);
    }
}
