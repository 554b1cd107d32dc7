package io.weathermesh.sources;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which sources are asked, and how.
 *
 * @param live live sources in order; the climatology follows
 * @param contact how the makers of a source reach whoever runs this: a mail address or a web page; may be empty
 */
record SourceSettings(List<Live> live, String contact) {
    static final String SOURCES = "WEATHER_SOURCES";
    static final String CONTACT = "WEATHER_CONTACT";

    private static final String CLIMATOLOGY = Climatology.DESCRIPTION.id();

    /** Two tasks of each provider behind one address. */
    private static final int TASKS_PER_ADDRESS = 4;

    private static final int MAX_PORT = 65_535;

    /**
     * One live source that is asked.
     *
     * @param offer which
     * @param base where it is
     * @param limits how often this task may ask it
     */
    record Live(Offer offer, URI base, List<Limit> limits) {
        Live {
            limits = List.copyOf(limits);
        }
    }

    SourceSettings {
        live = List.copyOf(live);
        if (contact.isEmpty()) {
            live.stream()
                    .filter(each -> each.offer().wantsContact())
                    .findFirst()
                    .ifPresent(each -> {
                        throw wrong(
                                CONTACT,
                                "",
                                "a mail address or web page, as " + each.offer().id()
                                        + " answers only those who say who they are");
                    });
        }
        if (!contact.matches("[\\x21-\\x7e]{0,200}")) {
            throw wrong(CONTACT, contact, "a mail address or web page");
        }
    }

    /** @param settings tells the value of a setting, or the second argument where it has none */
    static SourceSettings from(BinaryOperator<String> settings) {
        int tasks =
                count("WEATHER_TASKS_PER_ADDRESS", settings.apply("WEATHER_TASKS_PER_ADDRESS", "" + TASKS_PER_ADDRESS));
        List<Limit> caps = Stream.concat(
                        cap(settings, "WEATHER_CALLS_PER_MINUTE", Duration.ofMinutes(1)),
                        cap(settings, "WEATHER_CALLS_PER_DAY", Duration.ofDays(1)))
                .toList();
        List<Live> live = new ArrayList<>();
        for (Offer offer : chosen(settings.apply(SOURCES, CLIMATOLOGY))) {
            List<Limit> limits = Stream.concat(
                            offer.limits().stream().map(limit -> limit.sharedBy(tasks)), caps.stream())
                    .toList();
            live.add(new Live(offer, base(settings, offer), limits));
        }
        return new SourceSettings(live, settings.apply(CONTACT, ""));
    }

    private static List<Offer> chosen(String list) {
        var known = Offer.ALL.stream().collect(Collectors.toMap(Offer::id, Function.identity()));
        List<String> names = Stream.of(list.split(",", -1)).map(String::strip).toList();
        boolean ends = names.get(names.size() - 1).equals(CLIMATOLOGY);
        List<String> live = ends ? names.subList(0, names.size() - 1) : names;
        if (!known.keySet().containsAll(live) || live.stream().distinct().count() < live.size()) {
            String all = Offer.ALL.stream().map(Offer::id).collect(Collectors.joining(", "));
            throw wrong(SOURCES, list, "each of " + all + " once in any order, with climatology at the end");
        }
        return live.stream().map(known::get).toList();
    }

    private static URI base(BinaryOperator<String> settings, Offer offer) {
        String value = settings.apply(offer.addressSetting(), offer.address());
        // A host that no URI may have, such as a..b, passes as an authority of another kind.
        if (!value.matches("https?://[A-Za-z0-9.-]+(:\\d{1,5})?")
                || URI.create(value).getHost() == null
                || URI.create(value).getPort() > MAX_PORT) {
            throw wrong(offer.addressSetting(), value, "an address like https://api.example.org, without a path");
        }
        return URI.create(value);
    }

    private static Stream<Limit> cap(BinaryOperator<String> settings, String name, Duration window) {
        String value = settings.apply(name, "");
        return value.isEmpty() ? Stream.empty() : Stream.of(new Limit(count(name, value), window));
    }

    private static int count(String name, String value) {
        if (!value.matches("[1-9]\\d{0,6}")) {
            throw wrong(name, value, "a whole number from 1 to 9999999");
        }
        return Integer.parseInt(value);
    }

    private static IllegalArgumentException wrong(String name, String value, String allowed) {
        return new IllegalArgumentException(name + " is '" + value + "', but allowed is " + allowed);
    }
}
