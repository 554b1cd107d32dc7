package io.weathermesh.aggregator.places;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All places, by every name they are known under. Accents, case and punctuation do not matter. Where several places
 * have a name, the most prominent one is meant: those of the core table by the people who live there, before all others.
 * Immutable and safe for use by many threads; a look-up never blocks.
 */
public final class Gazetteer {
    /** How many other places a look-up lists. */
    public static final int MAX_ALTERNATIVES = 10;

    private static final String CITIES = "cities.index";
    private static final String AIRPORTS = "airports.index";

    /** How many of the places spelled nearly so are looked at. */
    private static final int MAX_CONSIDERED = 40;

    private static final int SHORTEST_CODE = 3;
    private static final int LONGEST_CODE = 4;

    /** How many places a search lists. */
    public static final int MAX_LISTED = 1_000;

    /** A place this near has the same time zone, nearly always. */
    private static final double SAME_ZONE_KM = 200;

    private final NamedPlaces cities;
    private final NamedPlaces airports;

    Gazetteer(PlaceIndex cities, PlaceIndex airports) {
        this.cities = new NamedPlaces(cities);
        this.airports = new NamedPlaces(airports);
    }

    /** The embedded places. */
    public static Gazetteer load() {
        return new Gazetteer(PlaceIndex.load(CITIES), PlaceIndex.load(AIRPORTS));
    }

    /** Finds the place that a text means. */
    public Resolution find(PlaceQuery query) {
        List<Place> matches = matches(query, MAX_ALTERNATIVES + 1);
        if (!matches.isEmpty()) {
            return new Resolution.Found(matches.get(0), matches.subList(1, matches.size()));
        }
        return new Resolution.NotFound(suggestions(query));
    }

    /** One place a name: ten Viennas would hide what else was meant. */
    private List<Place> suggestions(PlaceQuery query) {
        NamedPlaces.Near near = cities.near(query);
        Ranking ranking = new Ranking(cities.index().table(), MAX_CONSIDERED);
        ranking.add(near.oneMistake());
        ranking.add(near.more());
        Set<String> told = new HashSet<>();
        return ranking.places()
                .filter(place -> told.add(place.name()))
                .limit(MAX_ALTERNATIVES)
                .toList();
    }

    /**
     * Places whose name is a text, then those whose name begins with it; both with the most prominent first. Of places that
     * nobody could tell apart by what is displayed, the most prominent one. A shorter list is the beginning of a longer one.
     *
     * @param limit up to {@link #MAX_LISTED}
     */
    public List<Place> search(PlaceQuery query, int limit) {
        Set<String> told = new HashSet<>();
        // All are ranked alike, whatever the limit, and only those that are listed are read.
        return Stream.<Supplier<Stream<Place>>>of(
                        () -> matches(query, MAX_LISTED).stream(),
                        () -> cities.ranking(cities.beginning(query), MAX_LISTED),
                        () -> airports.ranking(airports.beginning(query), MAX_LISTED)
                                .map(this::located))
                .flatMap(Supplier::get)
                .filter(place -> told.add(place.displayName()))
                .limit(limit)
                .toList();
    }

    /** The places nearest to coordinates, nearest first; airports are not among them. */
    public List<Place> nearest(double latitude, double longitude, @Nullable String countryCode, int limit) {
        return cities.nearest(latitude, longitude, countryCode, limit);
    }

    private List<Place> matches(PlaceQuery query, int limit) {
        List<Place> towns = cities.ranking(cities.named(query), limit).toList();
        List<Place> coded = mayBeCode(query.text()) ? coded(query, limit) : List.of();
        if (coded.isEmpty()) {
            return towns.isEmpty() || query.text().indexOf(',') >= 0 ? displayed(query, towns, limit) : towns;
        }
        // JFK in capitals is the airport, but LIMA is Lima, whatever it is to pilots.
        boolean codeIsMeant = query.text().equals(query.text().toUpperCase(Locale.ROOT));
        Stream<Place> before = towns.stream().filter(town -> !codeIsMeant || Prominence.isCore(town.prominence()));
        return Stream.of(before, coded.stream(), towns.stream())
                .flatMap(places -> places)
                .distinct()
                .limit(limit)
                .toList();
    }

    /** Towns before airports, but first of all what is displayed just so: a list's entry leads to the place that it names. */
    private List<Place> displayed(PlaceQuery query, List<Place> towns, int limit) {
        Stream<Place> named = airports.ranking(airports.named(query), limit).map(this::located);
        List<Place> all = Stream.concat(towns.stream(), named)
                .sorted(Comparator.comparing(place -> !place.displayName().equals(query.text())))
                .limit(limit)
                .toList();
        boolean exact = !all.isEmpty() && all.get(0).displayName().equals(query.text());
        return exact || towns.isEmpty() ? all : towns;
    }

    private List<Place> coded(PlaceQuery query, int limit) {
        return airports.ranking(airports.coded(query), limit).map(this::located).toList();
    }

    private static boolean mayBeCode(String text) {
        return text.length() >= SHORTEST_CODE
                && text.length() <= LONGEST_CODE
                && text.chars().allMatch(c -> c < 0x80 && Character.isLetterOrDigit(c));
    }

    /** Airports whose time zone the table leaves out have that of the nearest place. */
    private Place located(Place airport) {
        return airport.timeZone() == null ? airport.withTimeZone(zoneNear(airport)) : airport;
    }

    private @Nullable String zoneNear(Place airport) {
        return nearest(airport.latitude(), airport.longitude(), null, 1).stream()
                .filter(place -> place.kilometersTo(airport.latitude(), airport.longitude()) <= SAME_ZONE_KM)
                .map(Place::timeZone)
                .findFirst()
                .orElse(null);
    }
}
