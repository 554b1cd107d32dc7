package io.weathermesh.aggregator.places;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All places, by every name they are known under. Accents, case and punctuation do not matter. Where several places
 * have a name, the one with the most people is meant. Immutable and safe for use by many threads; a look-up never blocks.
 */
public final class Gazetteer {
    /** How many other places a look-up lists. */
    public static final int MAX_ALTERNATIVES = 10;

    private static final Comparator<Place> PROMINENCE =
            Comparator.comparingInt(Place::population).reversed().thenComparing(Place::displayName);

    private final List<Place> places;
    private final NavigableMap<String, List<Place>> byName;
    private final Spelling spelling;

    Gazetteer(List<Place> places) {
        this.places = List.copyOf(places);
        Map<String, List<Place>> index = new HashMap<>();
        for (Place place : places) {
            Stream.concat(Stream.of(place.name()), place.otherNames().stream())
                    .map(Folding::fold)
                    .distinct()
                    .forEach(name -> index.computeIfAbsent(name, any -> new ArrayList<>())
                            .add(place));
        }
        index.values().forEach(same -> same.sort(PROMINENCE));
        this.byName = new TreeMap<>(index);
        this.spelling = new Spelling(List.copyOf(byName.keySet()));
    }

    /** The embedded places. */
    public static Gazetteer load() {
        return new Gazetteer(CoreTable.read());
    }

    /** Finds the place that a text means. */
    public Resolution find(PlaceQuery query) {
        List<Place> matches = matches(query);
        if (!matches.isEmpty()) {
            return new Resolution.Found(
                    matches.get(0),
                    matches.stream().skip(1).limit(MAX_ALTERNATIVES).toList());
        }
        String first = Folding.fold(query.text().split(",", 2)[0]);
        LinkedHashSet<Place> near = new LinkedHashSet<>();
        spelling.near(first).forEach(name -> byName.getOrDefault(name, List.of()).stream()
                .filter(place -> isIn(place, query.countryCode()))
                .forEach(near::add));
        return new Resolution.NotFound(near.stream().limit(MAX_ALTERNATIVES).toList());
    }

    /** Places whose name begins with a text, or is it; most prominent first. */
    public List<Place> search(PlaceQuery query, int limit) {
        String prefix = Folding.fold(query.text());
        LinkedHashSet<Place> found = new LinkedHashSet<>(matches(query));
        if (!prefix.isEmpty()) {
            byName.subMap(prefix, prefix + Character.MAX_VALUE).values().stream()
                    .flatMap(List::stream)
                    .filter(place -> isIn(place, query.countryCode()))
                    .sorted(PROMINENCE)
                    .forEach(found::add);
        }
        return found.stream().limit(limit).toList();
    }

    /** The places nearest to coordinates, nearest first. */
    public List<Place> nearest(double latitude, double longitude, int limit) {
        record Near(Place place, double distance) {}
        return places.stream()
                .map(place -> new Near(place, Distance.kilometers(latitude, longitude, place)))
                .sorted(Comparator.comparingDouble(Near::distance))
                .limit(limit)
                .map(Near::place)
                .toList();
    }

    private List<Place> matches(PlaceQuery query) {
        String whole = Folding.fold(query.text());
        List<Place> exact = named(whole, query.countryCode());
        if (!exact.isEmpty() || query.text().indexOf(',') < 0) {
            return exact;
        }
        String[] parts = query.text().split(",", -1);
        List<Place> candidates = named(Folding.fold(parts[0]), query.countryCode());
        for (int i = 1; i < parts.length; i++) {
            String part = Folding.fold(parts[i]);
            candidates =
                    candidates.stream().filter(place -> isWithin(place, part)).toList();
        }
        return candidates;
    }

    private List<Place> named(String folded, @Nullable String countryCode) {
        return byName.getOrDefault(folded, List.of()).stream()
                .filter(place -> isIn(place, countryCode))
                .toList();
    }

    private static boolean isIn(Place place, @Nullable String countryCode) {
        return countryCode == null || place.countryCode().equals(countryCode.toUpperCase(Locale.ROOT));
    }

    /** Whether a place lies in what a part of a question names: a country, or a region by name or postal code. */
    private static boolean isWithin(Place place, String part) {
        if (part.isEmpty() || Countries.meantBy(part).contains(place.countryCode())) {
            return true;
        }
        String region = place.region();
        return region != null
                && (Folding.fold(region).equals(part) || States.isCodeOf(place.countryCode(), part, region));
    }
}
