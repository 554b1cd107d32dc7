package io.weathermesh.sources;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/**
 * A live source that settings can choose; one more is one more line here.
 *
 * @param description what it is
 * @param address where it is, unless settings say otherwise
 * @param limits how often it lets one address, or one application, ask
 * @param wantsContact whether it answers only those who say who they are
 * @param maker makes it over its HTTP side
 */
record Offer(
        SourceDescription description,
        String address,
        List<Limit> limits,
        boolean wantsContact,
        BiFunction<Upstream, Clock, LiveSource> maker) {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    static final List<Offer> ALL = List.of(
            // Its rate limiter counts these for an address, each from its full minute, hour and day.
            new Offer(
                    OpenMeteo.DESCRIPTION,
                    "https://api.open-meteo.com",
                    List.of(new Limit(600, MINUTE), new Limit(5_000, HOUR), new Limit(10_000, DAY)),
                    false,
                    OpenMeteo::new),
            // Its terms of service: of one application, over all who use it.
            new Offer(
                    MetNorway.DESCRIPTION, "https://api.met.no", List.of(new Limit(20, SECOND)), true, MetNorway::new),
            new Offer(
                    AwcMetar.DESCRIPTION,
                    "https://aviationweather.gov",
                    List.of(new Limit(100, MINUTE)),
                    false,
                    AwcMetar::new));

    Offer {
        limits = List.copyOf(limits);
    }

    String id() {
        return description.id();
    }

    /** The setting that names another address. */
    String addressSetting() {
        return "WEATHER_" + id().replace('-', '_').toUpperCase(Locale.ROOT) + "_URL";
    }
}
