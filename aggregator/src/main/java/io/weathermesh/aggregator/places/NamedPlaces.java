package io.weathermesh.aggregator.places;

import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One list of places, searched by the text that people type. Immutable. */
final class NamedPlaces {
    private static final Pattern SINGLE_LETTERS = Pattern.compile("\\p{L}( \\p{L})+");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** The words after a name: the longest region, and a country of one word. */
    private static final int MAX_WORDS_AFTER_NAME = 5;

    private final PlaceIndex index;
    private final NearNames near;

    NamedPlaces(PlaceIndex index) {
        this.index = index;
        this.near = new NearNames(index.names());
    }

    PlaceIndex index() {
        return index;
    }

    /** The places with the name that a text starts with, in the region and country that follow. */
    IntList named(PlaceQuery query) {
        String text = query.text();
        // Few names contain a comma, but some do: the longest name wins.
        IntList places = nameAndWords(text, query.countryCode());
        for (int comma = text.lastIndexOf(',');
                comma >= 0 && places.isEmpty();
                comma = text.lastIndexOf(',', comma - 1)) {
            places = within(
                    nameAndWords(text.substring(0, comma), query.countryCode()),
                    text.substring(comma + 1).split(",", -1));
        }
        return places;
    }

    /** The places with a name, or with one that words without a comma follow: {@code Portland OR}. */
    private IntList nameAndWords(String text, @Nullable String countryCode) {
        IntList places = withName(text, countryCode);
        if (places.isEmpty() && text.indexOf(',') < 0) {
            String[] words = BLANKS.split(text.strip());
            for (int end = words.length - 1;
                    end > 0 && end >= words.length - MAX_WORDS_AFTER_NAME && places.isEmpty();
                    end--) {
                IntList all = withName(String.join(" ", List.of(words).subList(0, end)), countryCode);
                List<String> after = List.of(words).subList(end, words.length);
                places = within(all, String.join(" ", after));
                if (places.isEmpty()) {
                    places = within(all, after.toArray(String[]::new));
                }
            }
        }
        return places;
    }

    private IntList withName(String name, @Nullable String countryCode) {
        IntList places = new IntList();
        index.names().find(Folding.fold(name), places);
        return in(places, countryCode);
    }

    /** The airports with a code. */
    IntList coded(PlaceQuery query) {
        IntList places = new IntList();
        index.codes().find(Folding.fold(query.text()), places);
        return in(places, query.countryCode());
    }

    /** The places with a name that starts with the text. */
    IntList withPrefix(PlaceQuery query) {
        IntList places = new IntList();
        index.names().findPrefix(Folding.fold(query.text()), places);
        return in(places, query.countryCode());
    }

    /** The places with similar names. */
    Near near(PlaceQuery query) {
        String[] parts = query.text().split(",", -1);
        String[] areas = List.of(parts).subList(1, parts.length).toArray(String[]::new);
        Near places = new Near(new IntList(), new IntList());
        near.find(Folding.fold(parts[0]), (edits, place) -> (edits <= 1 ? places.oneEdit() : places.twoEdits())
                .accept(place));
        Near anywhere = new Near(in(places.oneEdit(), query.countryCode()), in(places.twoEdits(), query.countryCode()));
        Near inside = new Near(within(anywhere.oneEdit(), areas), within(anywhere.twoEdits(), areas));
        // The region or the country can be misspelled, too.
        return inside.oneEdit().isEmpty() && inside.twoEdits().isEmpty() ? anywhere : inside;
    }

    /** Places by the edit distance of their names. */
    record Near(IntList oneEdit, IntList twoEdits) {}

    /** The places nearest to coordinates, nearest first. */
    List<Place> nearest(double latitude, double longitude, @Nullable String countryCode, int limit) {
        return index.grid().nearest(latitude, longitude, isIn(countryCode), limit).stream()
                .map(index.table()::place)
                .toList();
    }

    /** The most prominent of the places, read from the index one by one. */
    Stream<Place> ranked(IntList places, int limit) {
        Ranking ranking = new Ranking(index.table(), limit);
        ranking.add(places);
        return ranking.places();
    }

    private IntList in(IntList places, @Nullable String countryCode) {
        return countryCode == null ? places : places.where(isIn(countryCode));
    }

    private IntPredicate isIn(@Nullable String countryCode) {
        if (countryCode == null) {
            return any -> true;
        }
        String code = countryCode.toUpperCase(Locale.ROOT);
        return place -> index.table().countryCode(place).equals(code);
    }

    /** The places in all of the areas. */
    private IntList within(IntList places, String... areas) {
        IntList inside = places;
        for (int i = 0; i < areas.length && !inside.isEmpty(); i++) {
            inside = withinArea(inside, abbreviation(Folding.fold(areas[i])));
        }
        return inside;
    }

    /** The places in a country, or in a region, by its name or code. */
    private IntList withinArea(IntList places, String area) {
        if (area.isEmpty()) {
            return places;
        }
        IntList countries = new IntList();
        index.countryNames().find(area, countries);
        for (String territory : Countries.territoriesOf(area)) {
            index.countryNames().find(Folding.fold(territory), countries);
        }
        String code = Countries.codeOfOtherName(area);
        if (code != null) {
            index.countryNames().find(Folding.fold(code), countries);
        }
        IntList regions = new IntList();
        index.regionNames().find(area, regions);
        PlaceTable table = index.table();
        return places.where(place -> countries.contains(table.country(place)) || regions.contains(table.region(place)));
    }

    /** {@code D.C.} and {@code U.S.A.} without the blanks that folding puts in place of the points. */
    private static String abbreviation(String folded) {
        return SINGLE_LETTERS.matcher(folded).matches() ? folded.replace(" ", "") : folded;
    }
}
