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
 * All places, by all their names. Accents, case and punctuation are ignored. Of several places with a name, the most
 * prominent one comes first. Immutable and safe for use by many threads; a look-up never blocks.
 */
public final class Gazetteer {
    /** The alternatives of a place, and the suggestions for an unknown name. */
    public static final int MAX_ALTERNATIVES = 10;

    /** The results of a search, over all its pages. */
    public static final int MAX_LISTED = 1_000;

    private static final String CITIES = "cities.index";
    private static final String AIRPORTS = "airports.index";

    /** Places with similar names that are considered as suggestions. */
    private static final int MAX_CONSIDERED = 40;

    private static final int MIN_CODE_LENGTH = 3;
    private static final int MAX_CODE_LENGTH = 4;

    private final NamedPlaces cities;
    private final NamedPlaces airports;

    Gazetteer(PlaceIndex cities, PlaceIndex airports) {
        this.cities = new NamedPlaces(cities);
        this.airports = new NamedPlaces(airports);
    }

    /** Loads the indexes of the class path; takes about 0.1 s. */
    public static Gazetteer load() {
        return new Gazetteer(PlaceIndex.load(CITIES), PlaceIndex.load(AIRPORTS));
    }

    /** The places with a name or code, best match first: at most one and {@link #MAX_ALTERNATIVES} more, none if unknown. */
    public List<Place> find(PlaceQuery query) {
        return matches(query, 1 + MAX_ALTERNATIVES);
    }

    /**
     * Places with a name, then those with a name that starts with the text; both with the most prominent first. Of places
     * with the same display name, only the most prominent. A shorter list is a prefix of a longer one.
     *
     * @param limit up to {@link #MAX_LISTED}
     */
    public List<Place> search(PlaceQuery query, int limit) {
        Set<String> displayed = new HashSet<>();
        // The ranking is independent of the limit, and only the listed places are read.
        return Stream.<Supplier<Stream<Place>>>of(
                        () -> matches(query, MAX_LISTED).stream(),
                        () -> cities.ranked(cities.withPrefix(query), MAX_LISTED),
                        () -> airports.ranked(airports.withPrefix(query), MAX_LISTED))
                .flatMap(Supplier::get)
                .filter(place -> displayed.add(place.displayName()))
                .limit(limit)
                .toList();
    }

    /** The places nearest to coordinates, nearest first, without airports. */
    public List<Place> nearest(double latitude, double longitude, @Nullable String countryCode, int limit) {
        return cities.nearest(latitude, longitude, countryCode, limit);
    }

    /** The places with a name or code, best match first. */
    private List<Place> matches(PlaceQuery query, int limit) {
        List<Place> towns = cities.ranked(cities.named(query), limit).toList();
        List<Place> byCode = isCodeLike(query.text())
                ? airports.ranked(airports.coded(query), limit).toList()
                : List.of();
        boolean townMeant = !towns.isEmpty() && query.text().indexOf(',') < 0;
        if (byCode.isEmpty() && townMeant) {
            return towns;
        }
        Stream<Place> byName = byCode.isEmpty()
                ? airports.ranked(airports.named(query), limit)
                        .filter(airport -> towns.isEmpty() || isExact(airport, query))
                : Stream.empty();
        return Stream.of(towns.stream(), byCode.stream(), byName)
                .flatMap(places -> places)
                .sorted(Comparator.comparing(place -> matchOf(place, query)))
                .limit(limit)
                .toList();
    }

    /** How a place matches a text, the best match first. */
    private enum Match {
        /** The text is its display name: an entry of a list leads to the same place. */
        DISPLAY_NAME,
        /** A town by name, unless the text is rather a code: LIMA is Lima, and not what pilots call so. */
        TOWN,
        /** An airport by code. */
        CODE,
        /** Any other town by name: JFK is the airport, and not a village. */
        OTHER_TOWN,
        /** An airport by name. */
        AIRPORT
    }

    private static Match matchOf(Place place, PlaceQuery query) {
        String text = query.text();
        if (isExact(place, query)) {
            return Match.DISPLAY_NAME;
        }
        if (place.icaoCode() == null && place.iataCode() == null) {
            boolean codeMeant =
                    text.equals(text.toUpperCase(Locale.ROOT)) || text.equals(text.toLowerCase(Locale.ROOT));
            return codeMeant && !Prominence.isCore(place.prominence()) ? Match.OTHER_TOWN : Match.TOWN;
        }
        return text.equalsIgnoreCase(place.icaoCode()) || text.equalsIgnoreCase(place.iataCode())
                ? Match.CODE
                : Match.AIRPORT;
    }

    private static boolean isExact(Place place, PlaceQuery query) {
        return place.displayName().equals(query.text());
    }

    private static boolean isCodeLike(String text) {
        return text.length() >= MIN_CODE_LENGTH
                && text.length() <= MAX_CODE_LENGTH
                && text.chars().allMatch(c -> c < 0x80 && Character.isLetterOrDigit(c));
    }

    /** Up to {@link #MAX_ALTERNATIVES} places with similar names, each name once: ten Viennas would hide other names. */
    public List<Place> suggestions(PlaceQuery query) {
        NamedPlaces.Near near = cities.near(query);
        Ranking ranking = new Ranking(cities.index().table(), MAX_CONSIDERED);
        ranking.add(near.oneEdit());
        ranking.add(near.twoEdits());
        Set<String> names = new HashSet<>();
        return ranking.places()
                .filter(place -> names.add(place.name()))
                .limit(MAX_ALTERNATIVES)
                .toList();
    }
}
