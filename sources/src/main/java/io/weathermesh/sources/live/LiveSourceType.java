package io.weathermesh.sources.live;

import io.weathermesh.sources.SourceDescription;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/**
 * A live source that {@code WEATHER_SOURCES} can name. A new source needs one more entry in {@link #ALL}.
 *
 * @param description the source and its terms
 * @param address its address unless {@link #addressSetting} names another
 * @param limits its rate limits for one address or one application
 * @param needsContact whether its terms require a contact in the User-Agent
 * @param factory creates the source over its HTTP side
 */
record LiveSourceType(
        SourceDescription description,
        String address,
        List<RateLimit> limits,
        boolean needsContact,
        BiFunction<Upstream, Clock, LiveSource> factory) {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    static final List<LiveSourceType> ALL = List.of(
            // Limits of one address, counted from the full minute, hour and day.
            new LiveSourceType(
                    OpenMeteo.DESCRIPTION,
                    "https://api.open-meteo.com",
                    List.of(new RateLimit(600, MINUTE), new RateLimit(5_000, HOUR), new RateLimit(10_000, DAY)),
                    false,
                    OpenMeteo::new),
            // Limit of one application with all its users, by its terms of service.
            new LiveSourceType(
                    MetNorway.DESCRIPTION,
                    "https://api.met.no",
                    List.of(new RateLimit(20, SECOND)),
                    true,
                    MetNorway::new),
            new LiveSourceType(
                    AwcMetar.DESCRIPTION,
                    "https://aviationweather.gov",
                    List.of(new RateLimit(100, MINUTE)),
                    false,
                    AwcMetar::new));

    LiveSourceType {
        limits = List.copyOf(limits);
    }

    String id() {
        return description.id();
    }

    /** The setting that overrides the address. */
    String addressSetting() {
        return "WEATHER_" + id().replace('-', '_').toUpperCase(Locale.ROOT) + "_URL";
    }
}
