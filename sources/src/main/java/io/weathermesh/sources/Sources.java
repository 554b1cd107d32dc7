package io.weathermesh.sources;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The sources of a provider, in the order in which they are asked. The last is the climatology, which always answers, so
 * a read fails only by a defect. Safe for use by many threads.
 */
public final class Sources {
    /** The setting that orders the sources. */
    public static final String SETTING = "WEATHER_SOURCES";

    private static final String ALLOWED = "climatology";

    private final List<ReadingSource> ordered;
    private final Climatology climatology;
    private final Clock clock;

    private Sources(List<ReadingSource> ordered, Climatology climatology, Clock clock) {
        this.ordered = List.copyOf(ordered);
        this.climatology = climatology;
        this.clock = clock;
    }

    /**
     * The sources that a list names, such as {@code climatology}.
     *
     * @throws IllegalArgumentException if a name is not known, or the list does not end in {@code climatology}
     */
    public static Sources named(String list, Clock clock) {
        Climatology climatology = Climatology.embedded();
        List<ReadingSource> ordered = new ArrayList<>();
        for (String name : list.split(",", -1)) {
            if (!name.strip().equals(Climatology.DESCRIPTION.id())) {
                throw new IllegalArgumentException(SETTING + " is '" + list + "', but allowed is " + ALLOWED);
            }
            ordered.add(new EmbeddedClimatology(climatology, clock));
        }
        return new Sources(ordered, climatology, clock);
    }

    /** Both values at a point for an instant, from the first source that tells. */
    CompletionStage<Reading> read(GeoPoint point, Instant instant) {
        return ordered.get(0).read(point, instant);
    }

    UsualYear year(GeoPoint point) {
        return climatology.year(point);
    }

    List<ReadingSource> ordered() {
        return ordered;
    }

    Clock clock() {
        return clock;
    }

    Instant now() {
        return clock.instant();
    }
}
