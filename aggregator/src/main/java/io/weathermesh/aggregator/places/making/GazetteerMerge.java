package io.weathermesh.aggregator.places.making;

import io.weathermesh.aggregator.places.Country;
import io.weathermesh.aggregator.places.Folding;
import io.weathermesh.aggregator.places.Language;
import io.weathermesh.aggregator.places.Names;
import io.weathermesh.aggregator.places.Place;
import io.weathermesh.aggregator.places.Region;
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

/** Merges the core table and the list of cities: a place in both has the core's figures and the names of both. */
final class GazetteerMerge {
    /** Places of one name in one country that are this near are the same: both lists err by some kilometers. */
    private static final double MAX_SAME_KM = 40;

    /** So are entries of one name in the list of cities that are this near: a town and a part of it. */
    private static final double MAX_DUPLICATE_KM = 10;

    private static final Comparator<Place> PROMINENCE =
            Comparator.comparingInt(Place::prominence).thenComparing(Place::toString);

    private final Map<String, List<Place>> byName = new HashMap<>();
    private final Map<String, Country> countries = new TreeMap<>();
    private final Map<String, Region> regions = new HashMap<>();
    /** By identity: comparing places is slow. */
    private final Set<Place> merged = Collections.newSetFromMap(new IdentityHashMap<>());

    private GazetteerMerge(Collection<Place> cities) {
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
        GazetteerMerge merge = new GazetteerMerge(cities);
        List<Place> all = new ArrayList<>();
        core.forEach(place -> all.add(merge.enriched(place)));
        cities.stream()
                .filter(city -> !merge.merged.contains(city) && !merge.isDuplicate(city))
                .forEach(all::add);
        return all;
    }

    private Place enriched(Place core) {
        Set<Place> same = near(core, MAX_SAME_KM);
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

    /** The core's English name, with the translations of both. */
    private static Names translated(Names core, Names twin) {
        Map<Language, String> all = new EnumMap<>(Language.class);
        all.putAll(twin.translated());
        all.putAll(core.translated());
        return new Names(core.english(), all);
    }

    private boolean isDuplicate(Place city) {
        return near(city, MAX_DUPLICATE_KM).stream()
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
