package io.weathermesh.aggregator.places;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts the core table over the list of cities: where both have a place, the core's figures stand, and the list adds names.
 * Used by the build alone.
 */
final class CoreFirst {
    /** Two places of one name in one country that are this near are one place; both lists are off by some kilometers. */
    private static final double SAME_KM = 40;

    /** So near, two entries of one name in the list of cities are one, too: a town and a part of it. */
    private static final double TWICE_KM = 10;

    private static final Comparator<Place> PROMINENCE =
            Comparator.comparingInt(Place::prominence).thenComparing(Place::toString);

    private final Map<String, List<Place>> byName = new HashMap<>();
    private final Map<String, Country> countries = new TreeMap<>();
    private final Map<String, Region> regions = new HashMap<>();
    /** By identity, as everywhere here: a place is a large thing to compare. */
    private final Set<Place> merged = Collections.newSetFromMap(new IdentityHashMap<>());

    private CoreFirst(Collection<Place> cities) {
        for (Place city : cities) {
            countries.putIfAbsent(city.countryCode(), city.country());
            Region region = city.region();
            if (region != null) {
                NameVariants.of(region.names(), name -> regions.putIfAbsent(city.countryCode() + " " + name, region));
            }
            NameVariants.of(
                    city, name -> byName.computeIfAbsent(city.countryCode() + " " + name, any -> new ArrayList<>())
                            .add(city));
        }
    }

    static List<Place> merge(Collection<Place> core, Collection<Place> cities) {
        CoreFirst first = new CoreFirst(cities);
        List<Place> all = new ArrayList<>();
        core.forEach(place -> all.add(first.enriched(place)));
        cities.stream()
                .filter(city -> !first.merged.contains(city) && !first.isTwice(city))
                .forEach(all::add);
        return all;
    }

    private Place enriched(Place core) {
        Set<Place> same = near(core, SAME_KM);
        merged.addAll(same);
        Place twin = same.stream().max(PROMINENCE).orElse(null);
        return new Place(
                twin == null ? core.names() : translated(core.names(), twin.names()),
                core.otherNames(),
                countries.getOrDefault(core.countryCode(), core.country()),
                region(core, twin),
                core.latitude(),
                core.longitude(),
                core.elevationMeters(),
                core.timeZone(),
                core.population(),
                core.prominence(),
                null,
                null,
                core.gazetteer());
    }

    private @Nullable Region region(Place core, @Nullable Place twin) {
        Region own = core.region();
        if (own == null) {
            return twin == null ? null : twin.region();
        }
        Region known =
                regions.get(core.countryCode() + " " + Folding.fold(own.names().english()));
        return known == null ? own : new Region(translated(own.names(), known.names()), known.code());
    }

    /** The core's own name, in the twin's languages; what the twin calls itself in English is a name like others. */
    private static Names translated(Names core, Names twin) {
        Map<Language, String> all = new EnumMap<>(Language.class);
        all.putAll(twin.translated());
        all.putAll(core.translated());
        return new Names(core.english(), all);
    }

    private boolean isTwice(Place city) {
        return near(city, TWICE_KM).stream()
                .anyMatch(other -> other.name().equals(city.name()) && PROMINENCE.compare(other, city) > 0);
    }

    private Set<Place> near(Place place, double kilometers) {
        Set<Place> near = Collections.newSetFromMap(new IdentityHashMap<>());
        NameVariants.of(place, name -> byName.getOrDefault(place.countryCode() + " " + name, List.of()).stream()
                .filter(other -> other.kilometersTo(place.latitude(), place.longitude()) <= kilometers)
                .forEach(near::add));
        return near;
    }
}
