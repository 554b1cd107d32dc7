package io.weathermesh.aggregator.places;

import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks a list of places up by what people type. Immutable. */
final class NamedPlaces {
    private static final Pattern LETTERS = Pattern.compile("\\p{L}( \\p{L})+");

    private final PlaceIndex index;
    private final NearNames near;

    NamedPlaces(PlaceIndex index) {
        this.index = index;
        this.near = new NearNames(index.names());
    }

    PlaceIndex index() {
        return index;
    }

    /** The places that a text names: as a whole, or as a name with the region and country that it is in. */
    Numbers named(PlaceQuery query) {
        String text = query.text();
        Numbers places = named(Folding.fold(text), query.countryCode());
        // Few names have a comma in them, but some do: the longest name that there is, is meant.
        for (int comma = text.lastIndexOf(',');
                comma >= 0 && places.isEmpty();
                comma = text.lastIndexOf(',', comma - 1)) {
            places = named(Folding.fold(text.substring(0, comma)), query.countryCode());
            places = within(places, text.substring(comma).split(",", -1));
        }
        return places;
    }

    /** Those that lie in all that the parts after the first name. */
    private Numbers within(Numbers places, String[] parts) {
        Numbers inside = places;
        for (int i = 1; i < parts.length && !inside.isEmpty(); i++) {
            inside = within(inside, abbreviation(Folding.fold(parts[i])));
        }
        return inside;
    }

    /** The airports that a code means. */
    Numbers coded(PlaceQuery query) {
        Numbers places = new Numbers();
        index.codes().find(Folding.fold(query.text()), places);
        return in(places, query.countryCode());
    }

    /** The places of which a name begins so. */
    Numbers beginning(PlaceQuery query) {
        Numbers places = new Numbers();
        index.names().findPrefix(Folding.fold(query.text()), places);
        return in(places, query.countryCode());
    }

    /** Places of which a name is spelled nearly so: with no or one mistake, and with more. */
    Near near(PlaceQuery query) {
        String[] parts = query.text().split(",", -1);
        Near places = new Near(new Numbers(), new Numbers());
        near.find(Folding.fold(parts[0]), (mistakes, place) -> (mistakes <= 1 ? places.oneMistake() : places.more())
                .accept(place));
        Near anywhere = new Near(in(places.oneMistake(), query.countryCode()), in(places.more(), query.countryCode()));
        Near inside = new Near(within(anywhere.oneMistake(), parts), within(anywhere.more(), parts));
        // Where the region or the country is misspelled too, or none of them is there, all are.
        return inside.oneMistake().isEmpty() && inside.more().isEmpty() ? anywhere : inside;
    }

    record Near(Numbers oneMistake, Numbers more) {}

    private Numbers named(String folded, @Nullable String countryCode) {
        Numbers places = new Numbers();
        index.names().find(folded, places);
        return in(places, countryCode);
    }

    /** The places nearest to coordinates, nearest first. */
    List<Place> nearest(double latitude, double longitude, @Nullable String countryCode, int limit) {
        return index.grid().nearest(latitude, longitude, isIn(countryCode), limit).stream()
                .map(index.table()::place)
                .toList();
    }

    /** The most prominent of the places, at most so many, each read when it is wanted. */
    Stream<Place> ranking(Numbers places, int limit) {
        Ranking ranking = new Ranking(index.table(), limit);
        ranking.add(places);
        return ranking.places();
    }

    private Numbers in(Numbers places, @Nullable String countryCode) {
        return countryCode == null ? places : places.where(isIn(countryCode));
    }

    private IntPredicate isIn(@Nullable String countryCode) {
        if (countryCode == null) {
            return any -> true;
        }
        String code = countryCode.toUpperCase(Locale.ROOT);
        return place -> index.table().countryCode(place).equals(code);
    }

    /** {@code D.C.} and {@code U.S.A.} are one word each, though folding leaves blanks for the points. */
    private static String abbreviation(String folded) {
        return LETTERS.matcher(folded).matches() ? folded.replace(" ", "") : folded;
    }

    /** Those of the places that lie in what a part of a question names: a country, or a region by name or code. */
    private Numbers within(Numbers places, String part) {
        if (part.isEmpty()) {
            return places;
        }
        Numbers countries = new Numbers();
        index.countryNames().find(part, countries);
        for (String territory : Countries.territoriesOf(part)) {
            index.countryNames().find(Folding.fold(territory), countries);
        }
        Numbers regions = new Numbers();
        index.regionNames().find(part, regions);
        String alsoCalled = Countries.alsoCalled(part);
        if (alsoCalled != null) {
            index.countryNames().find(Folding.fold(alsoCalled), countries);
        }
        PlaceTable table = index.table();
        return places.where(place -> countries.contains(table.country(place)) || regions.contains(table.region(place)));
    }
}
